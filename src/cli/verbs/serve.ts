import { text } from 'node:stream/consumers'
import { openPublicity } from '../../candidates/publicity.ts'
import { startGateway } from '../../gateway/gateway.ts'
import { type Residence, renderAddresses, reside } from '../../gateway/resident.ts'
import { untilStopped } from '../../runner/stop.ts'
import { effectsForTerminal } from '../../runner/terminal.ts'
import { openTransport } from '../../upstream/transport.ts'
import { DONE } from '../exit-code.ts'

/**
 * The gateway of a whole job, in the process that outlives the step: hidden, since only we start it. Standard input
 * says what to serve; the first line of standard output are the gateway's addresses. @returns the exit code
 */
export async function serve(): Promise<number> {
  const { effects, children } = effectsForTerminal(process)
  return untilStopped(process, children, async signal => {
    const residence = JSON.parse(await text(process.stdin)) as Residence
    const { plan, directory } = residence
    const transport = await openTransport(
      {
        connectMs: plan.connectMs,
        proxyAnswerMs: plan.deadlines.headMs,
        connectionsPerOrigin: plan.policy.window.maximumTrusted,
        logins: plan.logins,
      },
      effects,
    )
    const publicity = openPublicity(plan.publicity)
    const gateway = await startGateway(plan, { ...effects, transport, temporaryDirectory: directory, publicity })
    process.stdout.on('error', () => {})
    process.stdout.write(`${renderAddresses(gateway)}\n`)
    await reside(gateway, residence, effects, signal)
    await transport.connections.close()
    return DONE
  })
}
