public import ZoshKit

/// Changes users: one user per request, one request per call. Only a throttle is followed by another try, since Zoho
/// has then done nothing; the pause ends when the line is cancelled.
///
/// Reached only through the gate. Verdicts are read from the reply's body whatever the HTTP status says, since Zoho
/// sends refusals with 200. A write under way is not abandoned when its task is cancelled: cancelling a sent request
/// would only make its outcome unknown.
public struct UserWriter: Sendable {
    private let caller: CRMCaller
    private let version: APIVersion

    public init(
        tokens: TokenSource, transport: HTTPTransport, version: APIVersion = .standard,
        progress: ProgressMeter = ProgressMeter(),
        clock: any ClientClock = SystemClock(), retry: RetryPolicy = RetryPolicy()
    ) {
        caller = CRMCaller(
            transport: transport, authorizer: tokens, governor: tokens.governor, clock: clock, retry: retry,
            meters: [progress])
        self.version = version
    }

    /// `POST /users`: invites one person by e-mail. `fields` are API names; role and profile are ids.
    public func create(_ fields: Row) async -> WriteResult {
        await write(.post, "/users", body: fields, scope: "ZohoCRM.users.CREATE")
    }

    /// `PUT /users/{id}`. Status is written `active` or `inactive` and read back `active` or `disabled`.
    public func update(id: String, fields: Row) async -> WriteResult {
        await write(.put, "/users/\(URLText.escaped(id))", body: fields, scope: "ZohoCRM.users.UPDATE", id: id)
    }

    /// `DELETE /users/{id}`. The user's records stay theirs.
    public func delete(id: String) async -> WriteResult {
        await write(.delete, "/users/\(URLText.escaped(id))", body: nil, scope: "ZohoCRM.users.DELETE", id: id)
    }

    /// The users as Zoho has them now, by id; ids that are nobody's are absent.
    public func reread(ids: [String]) async throws -> [String: Row] {
        try await IDChunks(.users, version: version, caller: caller).records(ids)
    }

    private func write(
        _ method: HTTPCall.Method, _ path: String, body: Row?, scope: Scope, id: String? = nil
    ) async -> WriteResult {
        if Task.isCancelled { return .refused(.interrupted) }
        if let id, !IDChunks.isID(id) {
            return .refused(ZoshError(.notFound, "'\(PlainText.shown(id, limit: 40))' is not a user id"))
        }
        let request = CRMRequest(
            method: method, version: version, path: path, body: body.map { Row([("users", .list([.row($0)]))]) },
            scope: scope)
        var throttles = 0
        while true {
            // Its own task, so that the caller's cancellation does not reach a request that has left.
            switch await Task(operation: { [caller] in await Self.send(request, with: caller, id: id) }).value {
            case .over(let result): return result
            case .throttled(let throttle):
                do { try await caller.waitOut(throttle, after: throttles) } catch { return .refused(error) }
                throttles += 1
            }
        }
    }

    private enum Attempt: Sendable {
        case over(WriteResult)
        case throttled(Throttle)
    }

    private static func send(_ request: CRMRequest, with caller: CRMCaller, id: String?) async -> Attempt {
        let answer: (reply: HTTPReply, host: String)
        do {
            answer = try await caller.authorized(request)
        } catch let failure as TransportFailure {
            return .over(
                failure.stage == .beforeSending ? .refused(failure.zoshError) : .uncertain(reason: failure.reason))
        } catch let error as ZoshError {
            // No token, or a redirect: Zoho's API has done nothing.
            return .over(.refused(error))
        } catch {
            return .over(.refused(ZoshError(.bug, "unexpected: \(PlainText.sentence("\(error)"))")))
        }
        if let throttle = Throttle(answer.reply, from: answer.host, scope: request.scope) {
            return .throttled(throttle)
        }
        return .over(WriteVerdict(answer.reply, from: answer.host, scope: request.scope, id: id).result)
    }
}
