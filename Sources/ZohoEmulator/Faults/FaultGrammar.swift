/// Reads a fault specification.
///
///     SPEC  = ITEM *( "," ITEM )
///     ITEM  = KIND [ "=" VALUE ] [ ":" RATE ] [ "@" PLACE ]
///     KIND  = "latency" | "500" | "429" | "429html" | "401" | "html" | "408" | "throttle" | "reset" | "lost"
///           | "truncate" | "trickle" | "silence" | "repeat" | "empty" | "blank" | "204" | "noinfo" | "nolist"
///           | "count" | "noscope" | "deadtoken" | "all"
///     VALUE = MILLISECONDS | MILLISECONDS ".." MILLISECONDS        (latency; trickle takes one)
///           | SECONDS                                              (429 and 429html: their Retry-After)
///           | NUMBER                                               (count)
///     RATE  = NUMBER "%" | "#" N (only the Nth) | "/" N (every Nth); without one: always
///     PLACE = "api" | "accounts" | a route such as listUsers or token; without one: the CRM API; for
///             repeat, empty, blank, 204, noinfo and nolist the pages of the users' list, for count their
///             count, for throttle, noscope and deadtoken where tokens are handed out
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

    /// Bounds every number, so that no sum of them leaves the range of an integer or of the calendar: thirty years in
    /// seconds.
    private static let largest = 1_000_000_000
    /// An hour in milliseconds.
    private static let longest = 3_600_000

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
        let range = name == "skew" ? -largest...largest : 1...largest
        guard let number = value.flatMap({ Int($0) }), range.contains(number) else {
            throw EmulatorError(
                "`\(text)` needs a number of at most \(largest), as in skew=-300, credits=5000 or concurrency=5.")
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
            Fault(kind: kind, rate: rate, routes: routes ?? Fault.usualRoutes(of: kind))
        }
    }

    private static func cut(_ text: String, at mark: Character) -> (String, String?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }

    private static let plain: [String: Fault.Kind] = [
        "500": .serverError, "401": .deadToken, "html": .page, "408": .timeout, "throttle": .throttle, "reset": .reset,
        "lost": .lost, "truncate": .truncate, "silence": .silence, "repeat": .oddity(.repeatedPage),
        "empty": .oddity(.emptyPage),
        "blank": .oddity(.blankBody), "204": .oddity(.noContent), "304": .oddity(.notModified),
        "noinfo": .oddity(.missingInfo),
        "nolist": .oddity(.noList),
        "noscope": .oddity(.missingScope), "deadtoken": .oddity(.deadToken),
    ]

    private static func kinds(_ name: String, _ value: String?, in item: String) throws -> [Fault.Kind] {
        switch name {
        case "latency": return [.latency(try milliseconds(value ?? "", in: item))]
        case "trickle": return [.trickle(try milliseconds(value ?? "1000", in: item).upperBound)]
        case "429": return [.tooMany(after: try seconds(value, in: item))]
        case "429html": return [.tooManyPage(after: try seconds(value, in: item))]
        case "count": return [.oddity(.count(try digits(value, in: item)))]
        default: break
        }
        guard value == nil else {
            throw EmulatorError("The fault `\(item)` takes no value; only latency, trickle, 429, 429html and count do.")
        }
        if name == "all" {
            return [.latency(1...20), .serverError, .tooMany(after: nil), .deadToken, .page, .reset, .truncate]
        }
        guard let kind = plain[name] else {
            let names = plain.keys.sorted().joined(separator: ", ")
            throw EmulatorError(
                "There is no fault `\(name)`; there are latency, trickle, 429, 429html, count, \(names), all, skew, "
                    + "credits and "
                    + "concurrency.")
        }
        return [kind]
    }

    private static func seconds(_ text: String?, in item: String) throws -> Int? {
        guard let text else { return nil }
        guard let seconds = Int(text), (0...largest).contains(seconds) else {
            throw EmulatorError("The fault `\(item)` needs seconds, as in 429=8.")
        }
        return seconds
    }

    /// Any number a server could send, beyond what an integer holds too.
    private static func digits(_ text: String?, in item: String) throws -> String {
        guard let text, !text.isEmpty, text.count <= 40, text.drop(while: { $0 == "-" }).allSatisfy({ "0"..."9" ~= $0 })
        else {
            throw EmulatorError("The fault `\(item)` needs a number, as in count=9223372036854775807.")
        }
        return text
    }

    private static func milliseconds(_ text: String, in item: String) throws -> ClosedRange<Int> {
        let ends = text.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
        guard ends.count == 1 || (ends.count == 2 && text.contains("..")), let low = ends[0],
            let high = ends[ends.count - 1], low >= 0, low <= high, high <= longest
        else {
            throw EmulatorError(
                "The fault `\(item)` needs milliseconds, an hour at most, as in latency=50 or latency=20..80.")
        }
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
