import Synchronization
import ZohoClient
import ZoshKit

extension Narrator {
    /// Waits out Zoho's throttle in sight of the person: a countdown on a terminal, one sentence elsewhere.
    var patience: Patience {
        let isTold = Mutex(false)
        return Patience { [self] left in
            guard left > 0 else {
                isTold.withLock { $0 = false }
                return hold(nil)
            }
            let text = "Zoho gives no working access token yet; trying again in \(LoginDesk.clockText(left)), the login is not lost"
            if isTerminal { return hold("\(text) … Ctrl-C stops") }
            let isNews = isTold.withLock { told in
                defer { told = true }
                return !told
            }
            if isNews { say("\(text); waiting") }
        }
    }
}
