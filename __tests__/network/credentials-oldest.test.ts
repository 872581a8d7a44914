// Real network: the toolchain comes from the module proxy. Run by `npm run test:network`.
import { testMechanismsWith } from '../support/worlds/mechanism-tests.ts'

// The oldest that is supported.
testMechanismsWith('go1.22.12')
