// Real network: the toolchain comes from the module proxy. Run by `npm run test:network`.
import { testMechanismsWith } from '../support/worlds/mechanism-tests.ts'

// The last that sets GIT_SSH_COMMAND and knows no logins by path.
testMechanismsWith('go1.24.9')
