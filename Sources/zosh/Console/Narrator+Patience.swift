import Synchronization
import ZohoClient
import ZoshKit

extension Narrator {
    /// Shows whom a line waits for, and how long: in the progress line of a terminal; elsewhere a sentence when Zoho
    /// asks for a pause that is long enough to be noticed, or has not answered for half a minute, and each minute.
    func watch(_ waits: Waits) {
        connect { waits.current?.text }
        guard !isTerminal else { return }
        waits.announcePauses { [self] in say($0.text) }
        waits.announceSilence { [self] in say($0.text.prefix(1).uppercased() + $0.text.dropFirst() + "; still waiting")
        }
    }

    /// Waits out Zoho's throttle in sight of the person: a countdown on a terminal, one sentence elsewhere.
    var patience: RetryPatience {
        let wasAnnounced = Mutex(false)
        return RetryPatience { [self] left in
            guard left > 0 else {
                wasAnnounced.withLock { $0 = false }
                return hold(nil)
            }
            let text =
                "Zoho gives no working access token yet; trying again in \(Countdown.text(left)), the login is "
                + "not lost"
            if isTerminal { return hold("\(text) … Ctrl-C stops") }
            let isNews = wasAnnounced.withLock { wasAnnounced in
                defer { wasAnnounced = true }
                return !wasAnnounced
            }
            if isNews { say("\(text); waiting") }
        }
    }
}
