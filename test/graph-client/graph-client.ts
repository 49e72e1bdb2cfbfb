import { Client, type Context, HTTPMessageHandler, type Middleware } from '@microsoft/microsoft-graph-client'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.js'

/** The client's own handler drops the token of a host without https. */
class BearerHandler implements Middleware {
  #next: Middleware = new HTTPMessageHandler()

  async execute(context: Context): Promise<void> {
    const headers = {
      ...(context.options?.headers as Record<string, string>),
      Authorization: 'Bearer worthless',
    }
    context.options = { ...context.options, headers }
    await this.#next.execute(context)
  }

  setNext(next: Middleware): void {
    this.#next = next
  }
}

/** Microsoft's own client over the simulator, with the versions and paths that it makes by itself. */
export const createClient = ({ url }: Simulator, defaultVersion: 'v1.0' | 'beta' = 'v1.0'): Client =>
  Client.initWithMiddleware({ baseUrl: `${url}/`, defaultVersion, middleware: new BearerHandler() })

export async function withClient(
  options: SimulatorOptions & { readonly version?: 'v1.0' | 'beta' },
  use: (client: Client, simulator: Simulator) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator(options)
  try {
    await use(createClient(simulator, options.version), simulator)
  } finally {
    await simulator.close()
  }
}
