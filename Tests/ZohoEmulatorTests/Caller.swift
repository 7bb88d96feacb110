import Foundation
import Testing
import ZohoEmulator

/// A JSON object as Foundation reads it: a second opinion on what the emulator writes.
typealias JSON = [String: Any]

extension WireReply {
    var json: JSON {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? JSON ?? [:]
    }

    /// The `users` of a reply.
    var users: [JSON] { json["users"] as? [JSON] ?? [] }

    var ids: [String] { users.compactMap { $0["id"] as? String } }

    /// The code of an error in either envelope.
    var code: String? { (json["code"] ?? users.first?["code"]) as? String }
}

/// Somebody who is logged in to an emulator.
struct LoggedIn: Sendable {
    let emulator: Emulator
    let access: String
    let refresh: String
    var version = "v8"

    static func to(
        _ emulator: Emulator, scopes: [String] = Emulator.announcedScopes, org: Int = 0
    ) async throws -> LoggedIn {
        let code = await emulator.issueGrantCode(org: org, scopes: scopes)
        let reply = try await token(emulator, "grant_type=authorization_code&code=\(code)")
        return LoggedIn(
            emulator: emulator, access: try #require(reply.json["access_token"] as? String),
            refresh: try #require(reply.json["refresh_token"] as? String))
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> WireReply {
        try await call("GET", path, headers: headers)
    }

    func call(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String = ""
    ) async throws -> WireReply {
        var all = headers
        all["Authorization"] = all["Authorization"] ?? "Zoho-oauthtoken \(access)"
        let target = path.hasPrefix("/") ? path : "/crm/\(version)/\(path)"
        return try await send(method, emulator.announcement.api + target, headers: all, body: body)
    }
}

/// Asks the token endpoint with the announced client.
func token(_ emulator: Emulator, _ form: String, headers: [String: String] = [:]) async throws -> WireReply {
    let place = emulator.announcement
    return try await send(
        "POST", place.accounts + "/oauth/v2/token",
        headers: ["Content-Type": "application/x-www-form-urlencoded"].merging(headers) { $1 },
        body: form + "&client_id=\(place.client_id)&client_secret=\(place.client_secret)")
}

/// Runs a test against an emulator of its own and stops it afterwards. Its time passes only where the test lets it:
/// what expires within minutes must not expire because the machine is busy.
func withEmulator<Result>(
    _ configuration: EmulatorConfiguration = .init(), _ body: (Emulator) async throws -> Result
) async throws -> Result {
    let emulator = try await Emulator.start(configuration)
    emulator.clock.stop()
    do {
        let result = try await body(emulator)
        await emulator.stop()
        return result
    } catch {
        await emulator.stop()
        throw error
    }
}

func configuration(_ change: (inout EmulatorConfiguration) -> Void) -> EmulatorConfiguration {
    var configuration = EmulatorConfiguration()
    change(&configuration)
    return configuration
}
