import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

@Suite struct `The rate governor` {
    @Test func `keeps two listings and a look-up within what the edition allows`() async throws {
        try await Stage.with(users: 1500, configure: { $0.concurrency = Edition.calls(atOnce: "enterprise") }) {
            stage in
            let some = ids(try await stage.service.list(.users, .users(limit: 600)).collect())
            async let one = stage.service.list(.users, .users()).collect()
            async let two = stage.service.list(.users, .users()).collect()
            async let three = stage.service.lookup(.users, ids: some).collect()
            let counts = try await [one.count, two.count, three.count]
            #expect(counts == [1500, 1500, 600])
            #expect(stage.emulator.recentRequests.allSatisfy { $0.status == 200 })
        }
    }

    @Test func `halves when Zoho says so, once a burst, and recovers slowly`() async throws {
        let governor = RateGovernor(ceiling: 7)
        var burst: [RateGovernor.Pass] = []
        for _ in 0..<RateGovernor.start { burst.append(try await governor.enter()) }
        for pass in burst { governor.leave(pass, throttled: true) }
        #expect(governor.limit == RateGovernor.start / 2)
        for _ in 0..<10 { governor.leave(try await governor.enter(), throttled: true) }
        #expect(governor.limit == 1)
        for _ in 0..<RateGovernor.calm { governor.leave(try await governor.enter(), throttled: false) }
        #expect(governor.limit == 2)
        for _ in 0..<RateGovernor.calm * 20 { governor.leave(try await governor.enter(), throttled: false) }
        #expect(governor.limit == 7)
    }

    @Test func `soon reaches the edition's limit while all places are taken, and after a refusal no more`() async throws
    {
        let governor = RateGovernor(ceiling: 10)
        var inside: [RateGovernor.Pass] = []
        func fill() async throws { while inside.count < governor.limit { inside.append(try await governor.enter()) } }
        // A place that nobody waits for is no reason for more.
        for _ in 0..<5 { governor.leave(try await governor.enter(), throttled: false, isRead: true) }
        #expect(governor.limit == RateGovernor.start)
        // Writes feel no way forward.
        try await fill()
        governor.leave(inside.removeFirst(), throttled: false)
        #expect(governor.limit == RateGovernor.start)
        for expected in RateGovernor.start + 1...10 {
            try await fill()
            governor.leave(inside.removeFirst(), throttled: false, isRead: true)
            #expect(governor.limit == expected)
        }
        try await fill()
        governor.leave(inside.removeLast(), throttled: true)
        #expect(governor.limit == 5)
        while inside.count > 5 { governor.leave(inside.removeFirst(), throttled: false, isRead: true) }
        for _ in 0..<10 {
            try await fill()
            governor.leave(inside.removeFirst(), throttled: false, isRead: true)
        }
        #expect(governor.limit == 5)
    }

    @Test func `lets the next one in when one leaves, and forgets who was cancelled`() async throws {
        let governor = RateGovernor()
        var inside: [RateGovernor.Pass] = []
        for _ in 0..<RateGovernor.start { inside.append(try await governor.enter()) }
        let cancelled = Task { try await governor.enter() }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        let waiting = Task { try await governor.enter() }
        governor.leave(inside.removeFirst(), throttled: false)
        inside.append(try await waiting.value)
        for pass in inside { governor.leave(pass, throttled: false) }
        for _ in 0..<RateGovernor.start { _ = try await governor.enter() }
    }

    @Test(arguments: [
        (#"{"license_details":{"paid":true,"paid_type":"enterprise"}}"#, 20),
        (#"{"license_details":{"paid":true,"paid_type":"Zoho One"}}"#, 20),
        (#"{"license_details":{"paid":false,"paid_type":null}}"#, 5),
        (#"{"license_details":{"paid":false,"trial_type":"ultimate"}}"#, 25),
        (#"{"license_details":{"paid_type":"Professional"}}"#, 15),
        (#"{"license_details":{"paid_type":"CRM Plus"}}"#, 25), (#"{"license_details":{"paid_type":"free"}}"#, 5),
        (#"{"license_details":{"paid_type":"something new"}}"#, 10), ("{}", 10),
    ])
    func `goes no higher than the edition, and knows none as ten`(organisation: String, limit: Int) throws {
        let row = try JSONReader.value(of: Array(organisation.utf8)).row
        #expect(Edition.calls(atOnce: Edition.name(in: row)) == limit)
    }

    @Test func `has the limit of the edition the login found`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            #expect(stage.grant.edition == "enterprise")
            let kept = try Grant(decoding: stage.grant.encoded())
            let governor = TokenSource(kept, store: stage.store, oauth: OAuthClient(transport: stage.transport))
                .governor
            for _ in 0..<RateGovernor.calm * 30 { governor.leave(try await governor.enter(), throttled: false) }
            #expect(governor.limit == 20)
        }
    }

    @Test func `gets a listing through a server that allows two at a time`() async throws {
        try await Stage.with(users: 2400, configure: { $0.concurrency = 2 }) { (stage: Stage) async throws in
            #expect(try await stage.service.list(.users, .users()).collect().count == 2400)
        }
    }
}
