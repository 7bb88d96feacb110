/// What became of one effect.
///
/// For example `.unchanged(code: "ID_ALREADY_ACTIVE")` of a user who is active already.
public enum ChangeResult: Sendable, Equatable {
    /// It is done.
    /// - Parameters:
    ///   - id: what it is called now; for a new record, the id Zoho gave.
    ///   - message: what Zoho said, when that says more than "done".
    case done(id: String?, message: String?)
    /// It was so already.
    /// - Parameters:
    ///   - code: Zoho's name for that (`ID_ALREADY_ACTIVE`).
    ///   - id: of the record that is there already.
    ///   - message: what is there, when that says more than "already set".
    case unchanged(code: String?, id: String? = nil, message: String? = nil)
    /// Zoho understood and said no, or the request may not leave.
    case refused(ZoshError)
    /// It did not happen, and the reason has nothing to do with the data.
    case failed(ZoshError)
    /// Zoho has taken it as a job of its own, which it does later; only asking for that job tells how it ends.
    /// - Parameters:
    ///   - job: Zoho's number of it.
    ///   - reason: why nobody waits for its end any more.
    case accepted(job: String, reason: String? = nil)
    /// It may have happened: the request left and no usable reply came. Never turned into a second request here.
    case uncertain(reason: String)
}
