// Scripts for shells. Each asks `callctl completion --for=LINE`; no answer leaves the shell to complete names of files.

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof shells)[number]

/** bash splits words at `=`, `:` and `@` as well; what stands before the last of them is cut from each answer. */
const bash = `# callctl completion for bash: eval "$(callctl completion bash)"
_callctl() {
  local line=\${COMP_LINE:0:COMP_POINT} word=\${COMP_WORDS[COMP_CWORD]} current head answer
  current=\${line##*[[:space:]]}
  [[ $word == [=:@] ]] && word=
  head=\${current%"$word"}
  COMPREPLY=()
  while IFS= read -r answer; do
    answer=\${answer%%$'\\t'*}
    COMPREPLY+=("\${answer#"$head"}")
  done < <("\${COMP_WORDS[0]}" completion --for="$line" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
  return 0
}
complete -o default -F _callctl callctl
`

const zsh = `#compdef callctl
# callctl completion for zsh: eval "$(callctl completion zsh)"
_callctl() {
  local -a answers
  local answer tab=$'\\t' line="\${(j: :)words[1,CURRENT-1]} $PREFIX"
  for answer in "\${(@f)$("\${words[1]}" completion --for="$line" 2>/dev/null)}"; do
    [[ -n $answer ]] || continue
    answer=\${answer//:/\\\\:}
    answers+=("\${answer/$tab/:}")
  done
  if (( $#answers )); then _describe callctl answers; else _files; fi
}
compdef _callctl callctl
`

const fish = `# callctl completion for fish: callctl completion fish | source
function __callctl_complete
    set -l answers (callctl completion --for=(commandline -cp | string collect) 2>/dev/null)
    if test (count $answers) -gt 0
        printf '%s\\n' $answers
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c callctl -f -a '(__callctl_complete)'
`

const powershell = `# callctl completion for PowerShell: callctl completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName callctl -ScriptBlock {
  param($word, $ast, $cursor)
  $line = $ast.ToString()
  $line = if ($cursor -gt $line.Length) { "$line " } else { $line.Substring(0, $cursor) }
  callctl completion "--for=$line" 2>$null | ForEach-Object {
    $answer, $meaning = $_ -split "\`t", 2
    if (-not $meaning) { $meaning = $answer }
    [System.Management.Automation.CompletionResult]::new($answer, $answer, 'ParameterValue', $meaning)
  }
}
`

export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell }
