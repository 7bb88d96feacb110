public import ZoshKit

/// What became of one write.
///
/// `uncertain` is the honest answer when the request left and no usable reply came: only reading back tells. It is
/// never turned into a second request here.
public enum WriteResult: Sendable, Equatable {
    /// Zoho did it. The id is that of the user concerned.
    case done(id: String?, message: String)
    /// It was so already (`ID_ALREADY_ACTIVE`, `ID_ALREADY_DEACTIVATED`).
    case unchanged(code: String, message: String)
    /// Nothing was changed: Zoho said no, or the request never left.
    case refused(ZoshError)
    /// The request left; nobody knows what it did.
    case uncertain(reason: String)
}
