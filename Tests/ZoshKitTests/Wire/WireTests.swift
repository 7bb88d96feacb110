import Testing

@testable import ZoshKit

@Suite("Forms for a wire")
struct WireTests {
    private func back<T: WireForm>(_ form: T) throws -> T { try T(json: form.json) }

    @Test("A row comes back as it was", arguments: 0..<200 as Range<UInt64>)
    func rows(_ seed: UInt64) throws {
        var dice = Dice(seed)
        let row = dice.row()
        #expect(try back(row) == row)
    }

    @Test("A change comes back as it was", arguments: 0..<200 as Range<UInt64>)
    func changes(_ seed: UInt64) throws {
        var dice = Dice(seed)
        let fields = dice.row()
        let change = Change(
            dice.one(of: [.create, .update, .delete, "clone"]), dice.one(of: Resource.all),
            dice.flag() ? .existing(id: dice.text()) : .new(handle: dice.text()), within: dice.texts(),
            seen: dice.some { $0.row() }, holder: dice.some { $0.text() }, expected: dice.row(),
            isAllOrNothing: dice.flag(), fields: fields, shown: dice.flag() ? fields : dice.row(),
            parameters: dice.texts(), action: dice.some { $0.text() })
        #expect(try back(change) == change)
    }

    @Test("An error comes back as it was", arguments: ZoshError.Kind.allCases, 0..<10 as Range<UInt64>)
    func errors(_ kind: ZoshError.Kind, _ seed: UInt64) throws {
        var dice = Dice(seed)
        var error = ZoshError(
            kind, dice.text(), consequence: dice.some { $0.text() },
            at: dice.some { Span(0, Int.random(in: 0...9, using: &$0)) },
            remedy: dice.some { $0.text() }, code: dice.some { $0.text() })
        error.details = dice.few { $0.text() }
        #expect(try back(error) == error)
    }

    private func type(_ dice: inout Dice, depth: Int = 0) -> ValueType {
        switch Int.random(in: 0...(depth > 2 ? 2 : 3), using: &dice) {
        case 0: dice.one(of: Self.plain)
        case 1: .integer(dice.one(of: [1...9, 0...Int64.max, Int64.min...Int64.max]))
        case 2: .choice(dice.few { $0.text() })
        default: .list(type(&dice, depth: depth + 1))
        }
    }

    private static let plain: [ValueType] = [
        .string, .boolean, .user, .userID, .connection, .dataCentre, .organization, .role, .profile, .field, .file,
        .date, .apiVersion, .command, .setting, .settingValue, .alias, .apiPath, .errorCode, .variable, .expression,
        .pipeline,
    ]

    @Test("Every type of values comes back as it was, and no two look alike")
    func types() throws {
        for type in Self.plain { #expect(try back(type) == type) }
        #expect(Set(Self.plain.map(\.json)).count == Self.plain.count)
        for seed in 0..<200 as Range<UInt64> {
            var dice = Dice(seed)
            let type = type(&dice)
            #expect(try back(type) == type)
        }
    }

    private func known(_ dice: inout Dice) -> KnownFields {
        let users: KnownFields = dice.flag() ? .users : .union(of: [dice.row()])
        let paths: [FieldPath] = ["id", "role.name", "email"]
        return switch Int.random(in: 0...5, using: &dice) {
        case 0: users
        case 1: users.adding([.count, Field(dice.text(), .reference("roles"), dice.few { $0.text() })])
        case 2: .exactly(paths, were: ["zuid", "role.name", "Reporting_To.email"], of: users)
        case 3: .groups(by: paths, of: users)
        case 4: .texts([FieldPath(names: [dice.text(), "a.b"])])
        default: .changes
        }
    }

    @Test("A signature comes back as it was", arguments: 0..<200 as Range<UInt64>)
    func signatures(_ seed: UInt64) throws {
        var dice = Dice(seed)
        let parameters = dice.few { dice in
            Parameter(
                name: dice.text(),
                kind: dice.one(of: [
                    .option, .flag, .argument, .optionalArgument, .arguments(minimum: 0), .arguments(minimum: 2),
                ]),
                type: type(&dice), defaultText: dice.some { $0.text() }, help: dice.text())
        }
        let signature = Signature(
            "users " + dice.one(of: ["list", "é", "x y"]), dice.text(),
            facts: Set(dice.few { $0.one(of: Signature.Fact.allCases) }), rows: dice.some { known(&$0) },
            input: dice.one(of: Signature.Input.allCases), effect: dice.one(of: Signature.Effect.allCases),
            scopes: dice.few { Scope($0.text()) }, takesFields: dice.flag(),
            fields: dice.some { $0.one(of: Resource.all) },
            aliases: dice.few { $0.one(of: ["get", "users get"]) }
        ) { parameters }
        #expect(try back(signature) == signature)
        // As a program writes it that knows nothing of the gate's options.
        var own = try #require(signature.wire.row)
        own["parameters"] = .list(parameters.map(\.wire))
        #expect(try Signature(wire: .row(own)) == signature)
    }

    @Test("The fields of every noun come back as they were", arguments: Resource.all.map(\.name))
    func fields(of noun: String) throws {
        for field in try #require(Resource.named(noun)).fields { #expect(try back(field) == field) }
    }

    @Test(
        "What does not fit is refused, by name",
        arguments: [
            (
                #"{"verb":"update","resource":"users"}"#,
                "a change is of one record: 'id', or 'new' with what it will be called"
            ),
            (#"{"verb":"update","resource":"accounts","id":"1"}"#, "'resource' does not fit in a change"),
            (#"{"resource":"users","id":"1"}"#, "a change needs 'verb'"),
            (#"{"verb":"update","resource":"users","id":7}"#, "'id' does not fit in a change"),
            (#"{"verb":"update","resource":"users","id":"1","within":{"a":1}}"#, "'within' does not fit in a change"),
            (#"[]"#, "a change is an object"),
        ])
    func refuses(_ json: String, _ problem: String) {
        #expect(throws: ZoshError(.usage, problem)) { try Change(json: json) }
    }
}
