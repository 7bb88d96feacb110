public import ZoshKit

/// Changes records of any noun as the resource table says: one record per request, one request per call.
///
/// Only a throttle is followed by another try, since Zoho has then done nothing; the pause ends when the line is
/// cancelled. Reached only through the gate. Verdicts are read from the reply's body whatever the HTTP status says,
/// since Zoho sends refusals with 200. A write under way is not abandoned when its task is cancelled: cancelling a sent
/// request would only make its outcome unknown.
public struct ResourceWriter: Sendable {
    private let caller: CRMCaller
    private let version: APIVersion
    private let clock: any ClientClock

    public init(
        tokens: TokenSource, transport: HTTPTransport, version: APIVersion = .standard,
        progress: ProgressMeter = ProgressMeter(),
        clock: any ClientClock = SystemClock(), retry: RetryPolicy = RetryPolicy()
    ) {
        caller = CRMCaller(
            transport: transport, authorizer: tokens, governor: tokens.governor, clock: clock, retry: retry,
            progress: progress)
        self.version = version
        self.clock = clock
    }

    /// How many changes may be under way at once: what Zoho allows the organisation, less after it said to wait.
    public var window: Int { caller.governor.limit }

    /// Sends one change and says what became of it: `accepted` where Zoho does it later.
    public func perform(_ change: Change) async -> ChangeResult {
        if Task.isCancelled { return .failed(.interrupted) }
        let request: CRMRequest
        do { request = try WriteRequest.request(for: change, version: version) } catch { return .refused(error) }
        let verdict = await write(request, id: change.id)
        guard let job = change.write?.job, case .done = verdict.result else { return verdict.result }
        guard let number = verdict.details[job.id]?.text else {
            return .uncertain(reason: "Zoho accepted it without naming a job")
        }
        return .accepted(job: number)
    }

    /// Asks for a job that Zoho has accepted until it is over. Nothing is sent again.
    /// - Returns: `accepted` when nobody can wait any longer: the line was cancelled, half an hour has passed, or Zoho
    ///   does not tell.
    public func follow(_ number: String, of change: Change) async -> ChangeResult {
        guard let job = change.write?.job else {
            return .accepted(job: number, reason: "zosh does not know where to ask for it")
        }
        return await JobPoll(job, number: number, change, version: version, caller: caller, clock: clock).result()
    }

    /// Records as Zoho has them now, by id; ids that no record has are absent.
    public func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
        try await IDChunks(resource, version: version, caller: caller).records(ids)
    }

    private func write(_ request: CRMRequest, id: String?) async -> WriteVerdict {
        var throttles = 0
        while true {
            // Its own task, so that the caller's cancellation does not reach a request that has left.
            switch await Task(operation: { [caller] in await Self.send(request, with: caller, id: id) }).value {
            case .over(let verdict): return verdict
            case .throttled(let throttle):
                do { try await caller.waitOut(throttle, after: throttles) } catch {
                    return WriteVerdict(Self.unsent(error))
                }
                throttles += 1
            }
        }
    }

    private enum Attempt: Sendable {
        case over(WriteVerdict)
        case throttled(Throttle)
    }

    private static func send(_ request: CRMRequest, with caller: CRMCaller, id: String?) async -> Attempt {
        let answer: (reply: HTTPReply, host: String)
        do {
            answer = try await caller.authorized(request)
        } catch let failure as TransportFailure {
            return .over(
                WriteVerdict(
                    [.beforeSending, .withdrawn].contains(failure.stage)
                        ? unsent(failure.zoshError) : .uncertain(reason: failure.reason)))
        } catch let error as ZoshError {
            // No token, or a redirect: Zoho's API has done nothing.
            return .over(WriteVerdict(unsent(error)))
        } catch {
            return .over(
                WriteVerdict(.failed(ZoshError(.bug, "unexpected: \(PlainText.sentence("\(error)"))"))))
        }
        if let throttle = Throttle(answer.reply, from: answer.host, scope: request.scope) {
            return .throttled(throttle)
        }
        return .over(WriteVerdict(answer.reply, from: answer.host, scope: request.scope, id: id))
    }

    /// A change that Zoho's API has not seen. Without a network, a token or Zoho's leave none is sent.
    private static func unsent(_ error: ZoshError) -> ChangeResult {
        [.network, .rateLimited, .auth, .cancelled].contains(error.kind) ? .failed(error) : .refused(error)
    }
}
