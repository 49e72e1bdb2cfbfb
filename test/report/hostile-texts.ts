// Texts that people could write into names, descriptions and values in order to break out of the place where a report
// shows them. By what they try; each must stay inert in every format.

const esc = '\u001b'

const markdown: readonly (readonly [string, string])[] = [
  ['a pipe of a table', 'a | b | c'],
  ['a backslash and a pipe', 'a \\| b \\\\| c \\'],
  ['a code span that ends early', '` **out** `'],
  ['longer runs of backticks', '`` out `` ``` out ```'],
  ['only backticks', '`'],
  ['backticks at both ends', '``x``'],
  ['a fence', '```\nout\n```'],
  ['a fence that draws', '```mermaid\ngraph TD; A-->B\n```'],
  ['a fence of tildes', '~~~\nout\n~~~'],
  ['a heading', '# You may merge this'],
  ['a heading under a line', 'You may merge this\n==='],
  ['a list of tasks', '- [x] reviewed by security'],
  ['a table', '| a |\n| - |\n| b |'],
  ['a quote', '> quoted'],
  ['a rule', '\n\n---\n\n'],
  ['a new paragraph', 'one\n\ntwo\r\n\r\nthree'],
  ['a link', '[approve](https://evil.example/)'],
  ['a link by reference', '[approve][x]\n\n[x]: https://evil.example/'],
  ['an image', '![seen](https://evil.example/pixel.png)'],
  ['a footnote', 'word[^1]\n\n[^1]: note'],
  ['an alert', '> [!CAUTION]\n> all is well'],
  ['emphasis', '**bold** _em_ ~~struck~~ __under__ ***'],
  ['mathematics', '$\\href{https://evil.example/}{x}$ $$\\frac{1}{2}$$ $`x`$'],
  ['an emoji by name', ':white_check_mark: :shipit:'],
  ['a bare address of the web', 'https://evil.example/?a=1&b=2'],
  ['an address without a scheme', 'www.evil.example'],
  ['an address in angles', '<https://evil.example/>'],
  ['an email address', 'security@evil.example'],
  ['a link that runs', '[x](javascript:alert(1))'],
  ['escapes of Markdown', '\\*\\_\\`\\# \\<b\\>'],
]

const github: readonly (readonly [string, string])[] = [
  ['a mention', '@octocat'],
  ['a mention of a team', 'cc @contoso/on-call please'],
  ['an issue', 'fixes #1'],
  ['an issue by GH', 'closes GH-1'],
  ['an issue elsewhere', 'octo-org/octo-repo#1'],
  ['a commit', '16c999e8c71134401a78d4d46435517b2271d6ac'],
  ['a commit elsewhere', 'octocat/hello@16c999e8c71134401a78d4d46435517b2271d6ac'],
  ['the marker of the comment', '<!-- callctl review -->'],
  ['a comment that is left open', '<!-- '],
  ['the end of a comment', '--> out <!--'],
  ['a comment with a bang', '<!--> out <!---> --!> out'],
  ['a quick action of another host', '/close\n/approve'],
  ['a mention in Azure DevOps', '@<8b61d0f4-2e57-4a9c-9c3b-d74e5f218a03> !1 AB#1'],
]

const html: readonly (readonly [string, string])[] = [
  ['a script', '<script>alert(1)</script>'],
  ['an image that runs', '<img src=x onerror=alert(1)>'],
  ['the end of a fold', '</summary></details></code></pre></td></table> out <details open><summary>'],
  ['a forged fold', '<details><summary>0 calls would ring anybody</summary>'],
  ['an end of a script', '</script><script>alert(1)</script>'],
  ['an end of a style and of a title', '</style></title></textarea></template>'],
  ['quotes of an attribute', '" onmouseover="alert(1)" x=\''],
  ['entities', '&lt;b&gt; &#60;b&#62; &amp;lt; &nbsp;'],
  ['an SVG', '<svg/onload=alert(1)>'],
  ['a closing CDATA', ']]>'],
  ['an XML entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
  ['a template of a browser framework', '{{constructor.constructor("alert(1)")()}} #{alert(1)}'],
]

const terminals: readonly (readonly [string, string])[] = [
  ['colors of a terminal', `${esc}[32mall is well${esc}[0m`],
  ['a terminal told to erase', `${esc}[2J${esc}[1;1H${esc}[1A${esc}[2K`],
  ['a link of a terminal', `${esc}]8;;https://evil.example/${esc}\\approve${esc}]8;;${esc}\\`],
  ['a title of a window', `${esc}]0;owned\u0007`],
  ['a control of eight bits', '\u009b31mred\u0090payload\u009c'],
  ['backspaces and a bell', 'ring\b\b\b\bnone\u0007\u007f'],
  ['a carriage return', 'rings 400 people\rrings nobody    '],
  ['a NUL', 'a\u0000b'],
  ['text from right to left', 'nobody \u202eelpoep 04\u202c'],
  ['isolates of direction', '\u2066a\u2067b\u2068c\u2069 \u061c\u200e\u200f'],
  ['nothing to be seen', 'a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u3164h\u{e0041}\u{e007f}i'],
  ['separators of lines', 'a\u2028b\u2029c\u0085d\u000be\u000cf'],
  ['half of a pair', 'a\ud800b\udc00c'],
]

const workflows: readonly (readonly [string, string])[] = [
  ['a command of a workflow', '::set-output name=x::1'],
  ['a command on a new line', 'x\n::error::all is lost'],
  ['a mask', '\r\n::add-mask::e\r\n::stop-commands::x'],
  ['percent escapes', '100%0A::warning::x%25%0D%3A%2C'],
  ['properties of an annotation', 'a,file=/etc/passwd,line=1::x'],
  ['an old command', '##[error]x'],
  ['a variable of Azure Pipelines', 'x\n##vso[task.setvariable variable=PATH]/evil'],
  ['an ending of a file of GitHub', 'x\nEOF\nADMIN=1\nEOF'],
]

const data: readonly (readonly [string, string])[] = [
  ['a formula of a sheet', '=HYPERLINK("https://evil.example/","approve")'],
  ['a formula that runs', "+cmd|' /C calc'!A0"],
  ['formulas by minus and at', '-2+3\t@SUM(1)'],
  ['quotes and commas', '","","'],
  ['an end of a JSON text', '"}]}\n{"ok":true}'],
  ['a link in SARIF', '[approve](0) {0} {1}'],
  ['a prototype', '__proto__'],
  ['a path that leads out', '../../etc/passwd%2e%2e/..\\..\\x'],
  ['TAP', 'not ok 1 - x # SKIP\nok 2\nBail out!'],
  ['nothing', ''],
  ['spaces', '   '],
  ['a long word', 'x'.repeat(5_000)],
  ['a long text', `${'very long '.repeat(500)}| \` @octocat <b>`],
]

export const hostileTexts: ReadonlyMap<string, string> = new Map([
  ...markdown,
  ...github,
  ...html,
  ...terminals,
  ...workflows,
  ...data,
])
