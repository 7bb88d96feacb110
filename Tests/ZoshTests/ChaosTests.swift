import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// One long job, killed again and again while Zoho has its bad day: each row took effect once, was refused, or is named
/// as unverified, and what the journal says of a row is what the emulator knows of it.
@Suite("Chaos", .serialized)
struct ChaosTests {
    private static let isNightly = ProcessInfo.processInfo.environment["ZOSH_NIGHTLY"] != nil
    private static let kills = isNightly ? 20 : 3
    private static let rows = isNightly ? 5000 : 60

    enum Work: String, CaseIterable, CustomTestStringConvertible {
        case update, add, delete

        var testDescription: String { rawValue }
        var route: Route {
            switch self {
            case .update: .updateUser
            case .add: .createUser
            case .delete: .deleteUser
            }
        }
        var effect: String {
            switch self {
            case .update: "Updated"
            case .add: "Added"
            case .delete: "Deleted"
            }
        }
        /// Where the users of the line are, and what it does.
        func line(_ rows: Int) -> String {
            let who = "users list type=ActiveUsers | skip 1 | first \(rows)"
            return switch self {
            case .update: "\(who) | users update city=Bern --yes --at-most \(rows)"
            case .add: "users add --from new.csv --yes"
            case .delete: "\(who) | users delete --yes --at-most \(rows) --administrators"
            }
        }
    }

    private struct Shown: Decodable {
        let id: String?
        let subject: String?
        let outcome: String?
        let email: String?
        let city: String?
    }

    private func rows(_ program: Program, _ line: String) async throws -> [Shown] {
        let ending = try await program.run(["--format", "ndjson", "-c", line])
        #expect(ending.status == 0, "\(line): \(ending.errors)")
        return try ending.output.split(separator: "\n").map {
            try JSONDecoder().decode(Shown.self, from: Data($0.utf8))
        }
    }

    /// Starts a line and kills it while some of its requests are under way; they take effect all the same.
    private func kill(_ program: Program, _ line: String, _ route: Route) async throws {
        // So few that the job is never through before its last kill.
        let moment = Int.random(in: 0..<Self.rows / (Self.kills + 2))
        let before = program.emulator.requestCount(route)
        let gate = program.emulator.hold(route, after: moment)
        let child = try program.start(["-c", line])
        // Thousands of rows would wait for a reader, and the job with them.
        async let ending = Program.ending(of: child)
        await gate.arrivals(moment + 1)
        child.signal(SIGKILL)
        _ = await ending
        gate.release()
        try await Patience.wait { program.emulator.requestCount(route) - before > moment }
    }

    @Test("A job that is killed wherever it is", arguments: Work.allCases)
    func killed(_ work: Work) async throws {
        let program = try await Program.signedIn(users: work == .add ? 10 : Self.rows * 3 / 2) {
            let route = work.route.rawValue
            $0.faults = "500:3%@\(route),lost:4%@\(route),reset:3%@\(route)"
        }
        let head = "first_name,last_name,email,role,profile\n"
        let newcomers = (1...Self.rows).map { "A,Newcomer,n\($0)@zylker.example,Marketing,Standard\n" }
        try (head + newcomers.joined()).write(
            to: program.home.appending(path: "new.csv"), atomically: true, encoding: .utf8)
        for round in 0..<Self.kills {
            try await kill(program, round == 0 ? work.line(Self.rows) : "jobs resume --yes", work.route)
        }
        let last = try await program.run(["-c", "jobs resume --yes"])
        #expect([0, 3].contains(last.status), "\(last.errors)")
        #expect(try await program.run(["-c", "jobs list --unfinished"]).output.isEmpty)

        let told = try await rows(program, "jobs show 1")
        #expect(told.count == Self.rows)
        let effects = Dictionary(grouping: await program.emulator.effects.filter { $0.kind == work.effect }, by: \.user)
            .mapValues(\.count)
        let now = try await rows(program, "users list type=AllUsers | select id, email, city")
        let ids = Dictionary(grouping: now, by: { $0.email ?? "" })
        var counts: [String: Int] = [:]
        for row in told {
            let outcome = row.outcome ?? ""
            counts[outcome, default: 0] += 1
            let known = work == .add ? ids[row.subject ?? ""] ?? [] : []
            #expect(known.count <= 1, "\(row.subject ?? "") was invited \(known.count) times")
            let count = (work == .add ? known.first?.id : row.id).flatMap { effects[$0] } ?? 0
            // The same values twice are one change; nobody is invited or deleted twice.
            if work != .update { #expect(count <= 1, "\(row)") }
            switch outcome {
            case "done", "unchanged": #expect(count >= 1, "\(row)")
            case "refused", "failed", "not started": #expect(count == 0, "\(row)")
            // Named as what nobody can be sure of.
            case "unverified": break
            default: Issue.record("\(row)")
            }
        }
        #expect(counts["done", default: 0] > Self.rows * 3 / 4, "\(counts)")
        // What took effect is one of the job's rows.
        let named = Set(told.compactMap { work == .add ? ids[$0.subject ?? ""]?.first?.id : $0.id })
        #expect(effects.keys.allSatisfy(named.contains))
        await program.close()
    }
}
