import { type Command, commands } from './command.js'

export function formatHelp(): string {
  const width = Math.max(...Object.values(commands).map((command) => command.usage.length)) + 2
  const rows = Object.values(commands).map((command) => `  ${command.usage.padEnd(width)}${command.summary}`)
  return `callctl: call-as-code for Microsoft Graph

Usage: callctl COMMAND

${rows.join('\n')}

  callctl help COMMAND shows a command's options.
  callctl --version shows the version.

PATH is calls/ when absent. Try it without an account:
  callctl apply calls/ --simulator
`
}

export function formatCommandHelp(command: Command): string {
  const width = Math.max(...command.help.map(([option]) => option.length)) + 2
  const rows = command.help.map(([option, meaning]) => `  ${option.padEnd(width)}${meaning}`)
  return `callctl ${command.usage}: ${command.summary}\n\n${rows.join('\n')}\n`
}
