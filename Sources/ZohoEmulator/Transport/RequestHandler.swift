/// Where a request enters: it is matched to a route, held, disturbed, answered and recorded.
struct RequestHandler: Sendable {
    let world: World
    let observatory: Observatory
    let faults: FaultPlan
    let clock: EmulatedClock
    let latency: Int

    /// Answers a request to an accounts server.
    func accounts(_ exchange: Exchange, dataCentre: String) async -> Reply {
        let route = World.accountsRoute(exchange)
        return await pass(exchange, route, dataCentre) {
            await world.accounts($0, route: route, dataCentre: dataCentre)
        }
    }

    /// Answers a request to the CRM API.
    func api(_ exchange: Exchange, dataCentre: String) async -> Reply {
        let call = Result { () throws(APIFailure) in try APICall(exchange) }
        let route = (try? call.get().route) ?? .unknown
        let concurrent = observatory.begin()
        defer { observatory.end() }
        return await pass(exchange, route, dataCentre) {
            guard let centre = await world.centre(dataCentre) else { return APIFailure.internalError.reply }
            return await world.api($0, call: call, at: centre, concurrent: concurrent)
        }
    }

    private func pass(
        _ exchange: Exchange, _ route: Route, _ dataCentre: String, answer: (Exchange) async -> Reply
    ) async -> Reply {
        if let gate = observatory.gate(route) { await gate.pass() }
        let disturbance = faults.next(route, isPage: exchange.query["page"] != nil)
        let wait = latency + disturbance.delay
        if wait > 0 { try? await Task.sleep(for: .milliseconds(wait)) }
        var reply: Reply
        if let scripted = observatory.takeScript(route) {
            reply = scripted
        } else if let instead = disturbance.instead {
            reply = instead
        } else {
            reply = await answer(disturbance.prepared(exchange))
            if disturbance.oddities.contains(.deadToken) { await world.killToken(in: reply) }
        }
        reply = disturbance.damaged(reply)
        let status = reply.delivery == .reset || reply.delivery == .silent ? 0 : reply.status
        observatory.record(exchange, route: route, dataCentre: dataCentre, status: status)
        return reply
    }
}
