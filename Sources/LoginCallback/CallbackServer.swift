public import ZoshTrust

/// The page a browser login returns to: on 127.0.0.1 and ::1, for one login, and gone after it.
///
/// Both addresses are taken or neither: `localhost` may mean either, and another process on the other one would
/// be handed the grant code.
public final class CallbackServer: Sendable {
    /// Why there is no page.
    public enum Failure: Error, Sendable, Equatable {
        /// Another program listens on the port, on one of the two addresses at least.
        case portTaken(Int)
        case failed(String)
    }

    private let handler: CallbackHandler
    private let listeners: [CallbackListener]

    private init(_ handler: CallbackHandler, _ listeners: [CallbackListener]) {
        self.handler = handler
        self.listeners = listeners
    }

    /// Listens; returns once a browser may come.
    /// - Parameters:
    ///   - redirect: the registered address, on this machine.
    ///   - state: what the answer must carry.
    public static func open(_ redirect: RedirectURI, state: Secret) async throws(Failure) -> CallbackServer {
        let handler = CallbackHandler(redirect, expecting: state)
        var listeners: [CallbackListener] = []
        do throws(Failure) {
            listeners.append(try await CallbackListener.start("127.0.0.1", redirect.port, handler))
            // A machine without IPv6 has no ::1 that another process could take.
            if let second = try await CallbackListener.startIfThere("::1", redirect.port, handler) {
                listeners.append(second)
            }
        } catch {
            for listener in listeners { await listener.stop() }
            throw error
        }
        return CallbackServer(handler, listeners)
    }

    /// The answer that belongs to this login, whatever else comes before it.
    /// - Throws: `CancellationError` when the task is cancelled or the page closed.
    public func answer() async throws -> ConsentAnswer { try await handler.answer() }

    /// Whether the answer has come; `answer()` then returns soon.
    public var hasAnswer: Bool { handler.hasAnswer }

    /// Frees the port.
    public func close() async {
        handler.close()
        for listener in listeners { await listener.stop() }
    }
}
