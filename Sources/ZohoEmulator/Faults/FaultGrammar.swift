/// Reads a fault specification.
///
///     SPEC  = ITEM *( "," ITEM )
///     ITEM  = KIND [ "=" VALUE ] [ ":" RATE ] [ "@" PLACE ]
///     KIND  = "latency" | "500" | "429" | "401" | "html" | "throttle" | "reset" | "lost" | "truncate" | "all"
///     VALUE = MILLISECONDS | MILLISECONDS ".." MILLISECONDS        (latency only)
///     RATE  = NUMBER "%" | "#" N (only the Nth) | "/" N (every Nth); without one: always
///     PLACE = "api" | "accounts" | a route such as listUsers or token; without one: the CRM API,
///             for throttle the token route
///
/// Three more items set what the whole run goes by, without a rate or a place: `skew=SECONDS` moves
/// the servers' clock (back when negative), `credits=N` and `concurrency=N` limit an organisation's
/// API calls per day and at once.
///
/// `all` stands for latency=1..20, 500, 429, 401, html, reset and truncate, each at the rate given:
/// what is safe for a client to repeat.
enum FaultGrammar {
    /// What a specification asks for.
    struct Reading: Sendable, Equatable {
        var faults: [Fault] = []
        var skew = 0
        var credits: Int?
        var concurrency: Int?
    }

    static func read(_ specification: String) throws -> Reading {
        var reading = Reading()
        for item in specification.split(separator: ",") {
            let text = String(item.filter { $0 != " " })
            if try !setting(text, &reading) { reading.faults += try faults(text) }
        }
        return reading
    }

    /// Takes an item that sets something; false when it is a fault.
    private static func setting(_ text: String, _ reading: inout Reading) throws -> Bool {
        let (name, value) = cut(text, at: "=")
        guard ["skew", "credits", "concurrency"].contains(name) else { return false }
        guard let number = value.flatMap({ Int($0) }), name == "skew" || number > 0 else {
            throw EmulatorError("`\(text)` needs a number, as in skew=-300, credits=5000 or concurrency=5.")
        }
        switch name {
        case "skew": reading.skew = number
        case "credits": reading.credits = number
        default: reading.concurrency = number
        }
        return true
    }

    private static func faults(_ text: String) throws -> [Fault] {
        let (front, place) = cut(text, at: "@")
        let (head, rateText) = cut(front, at: ":")
        let (name, value) = cut(head, at: "=")
        let rate = try rateText.map { try self.rate($0, in: text) } ?? .always
        let kinds = try kinds(name, value, in: text)
        let routes = try place.map { try self.routes($0, in: text) }
        return kinds.map { kind in
            Fault(kind: kind, rate: rate, routes: routes ?? (kind == .throttle ? [.token] : Fault.apiRoutes))
        }
    }

    private static func cut(_ text: String, at mark: Character) -> (String, String?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }

    private static func kinds(_ name: String, _ value: String?, in item: String) throws -> [Fault.Kind] {
        guard value == nil || name == "latency" else {
            throw EmulatorError("The fault `\(item)` takes no value; only latency does.")
        }
        switch name {
        case "latency": return [.latency(try milliseconds(value ?? "", in: item))]
        case "500": return [.serverError]
        case "429": return [.tooMany]
        case "401": return [.deadToken]
        case "html": return [.page]
        case "throttle": return [.throttle]
        case "reset": return [.reset]
        case "lost": return [.lost]
        case "truncate": return [.truncate]
        case "all": return [.latency(1...20), .serverError, .tooMany, .deadToken, .page, .reset, .truncate]
        default:
            throw EmulatorError(
                "There is no fault `\(name)`; there are latency, 500, 429, 401, html, throttle, reset, lost, truncate, all, "
                    + "skew, credits and concurrency.")
        }
    }

    private static func milliseconds(_ text: String, in item: String) throws -> ClosedRange<Int> {
        let ends = text.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
        guard ends.count == 1 || (ends.count == 2 && text.contains("..")), let low = ends[0],
            let high = ends[ends.count - 1], low >= 0, low <= high
        else { throw EmulatorError("The fault `\(item)` needs milliseconds, as in latency=50 or latency=20..80.") }
        return low...high
    }

    private static func rate(_ text: String, in item: String) throws -> Fault.Rate {
        if text.hasSuffix("%"), let percent = Double(text.dropLast()), (0...100).contains(percent) {
            return .perTenThousand(Int((percent * 100).rounded()))
        }
        if let number = Int(text.dropFirst()), number > 0 {
            if text.hasPrefix("#") { return .number(number) }
            if text.hasPrefix("/") { return .every(number) }
        }
        throw EmulatorError("The rate of the fault `\(item)` is written as 10%, #3 (the third) or /5 (every fifth).")
    }

    private static func routes(_ place: String, in item: String) throws -> Set<Route> {
        switch place {
        case "api": return Fault.apiRoutes
        case "accounts": return Fault.accountsRoutes
        default:
            guard let route = Route(rawValue: place) else {
                let names = Route.allCases.map(\.rawValue).joined(separator: ", ")
                throw EmulatorError("The fault `\(item)` names no place; there are api, accounts, \(names).")
            }
            return [route]
        }
    }
}
