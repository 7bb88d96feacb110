import Testing
import ZoshKit

@testable import ZoshCore

struct CursorTests {
    /// A context in one line: stage, words, kind, text, elements, quoting, range.
    private func shown(_ marked: String) -> String {
        let parts = marked.split(separator: "¦", omittingEmptySubsequences: false)
        let context = Syntax.cursorContext(parts.joined(), parts[0].unicodeScalars.count)
        let kind =
            switch context.kind {
            case .word: "word"
            case .optionName: "option"
            case .optionValue(let name, let dashed): "value(\(dashed ? "--" : "")\(name))"
            case .variable: "variable"
            case .variableField(let name): "field(\(name))"
            case .file: "file"
            case .nothing: "nothing"
            }
        let quoting = context.quoting == .bare ? "" : " \(context.quoting)"
        let elements = context.elements.isEmpty ? "" : " after \(context.elements.joined(separator: ","))"
        return
            "\(context.stage) [\(context.words.map(\.text).joined(separator: " "))] \(kind) "
            + "'\(context.text)'\(elements)\(quoting) \(context.range.lower)-\(context.range.upper)"
    }

    @Test(
        "what stands at the cursor",
        arguments: [
            ("¦", "0 [] word '' 0-0"),
            ("us¦", "0 [] word 'us' 0-2"),
            ("us¦ers", "0 [] word 'us' 0-2"),
            ("users ¦", "0 [users] word '' 6-6"),
            ("users li¦", "0 [users] word 'li' 6-8"),
            ("users list ty¦", "0 [users list] word 'ty' 11-13"),
            ("users list type=¦", "0 [users list] value(type) '' 16-16"),
            ("users list type=Ad¦", "0 [users list] value(type) 'Ad' 16-18"),
            ("users list --ty¦", "0 [users list] option 'ty' 13-15"),
            ("users list --type=Ad¦", "0 [users list] value(--type) 'Ad' 18-20"),
            ("users list --type ¦", "0 [users list --type] word '' 18-18"),
            ("users lookup ids=1,2,3¦", "0 [users lookup] value(ids) '3' after 1,2 21-22"),
            ("users lookup ids=1,¦", "0 [users lookup] value(ids) '' after 1 19-19"),
            ("users lookup 'Ada Lo¦", "0 [users lookup] word 'Ada Lo' single 13-20"),
            ("users lookup \"Ada Lo¦", "0 [users lookup] word 'Ada Lo' double 13-20"),
            ("users list role='Sales ¦", "0 [users list] value(role) 'Sales ' single 16-23"),
            ("x list='a,b',c¦", "0 [x] value(list) 'c' after a,b 13-14"),
            ("users list | where st¦", "1 [where] word 'st' 19-21"),
            ("users list | ¦", "1 [] word '' 13-13"),
            ("users list |\n ¦", "1 [] word '' 14-14"),
            ("a | b ; c ¦", "0 [c] word '' 10-10"),
            ("a && b¦", "0 [] word 'b' 5-6"),
            ("a\nb ¦", "0 [b] word '' 4-4"),
            ("let x = us¦", "0 [] word 'us' 8-10"),
            ("alias x = a | b ¦", "1 [b] word '' 16-16"),
            ("$¦", "0 [] variable '' 1-1"),
            ("users lookup $le¦", "0 [users lookup] variable 'le' 14-16"),
            ("x \"a $le¦", "0 [x] variable 'le' double 6-8"),
            ("x '$le¦", "0 [x] word '$le' single 2-6"),
            ("x \"$le\"¦", "0 [x] word '\"$le\"' 2-7"),
            ("x $it.¦", "0 [x] field(it) '' 6-6"),
            ("x $it.role.na¦", "0 [x] field(it) 'role.na' 6-13"),
            ("x $it.role.¦", "0 [x] field(it) 'role.' 6-11"),
            ("users lookup @fi¦", "0 [users lookup] file 'fi' 14-16"),
            ("x list=@fi¦", "0 [x] file 'fi' 8-10"),
            ("a # comment ¦", "0 [a] nothing '' 12-12"),
            ("a | each { b $it.id | c ¦", "1 [c] word '' 24-24"),
            ("a | each { b } ¦", "1 [each] word '' 15-15"),
            ("a \\¦", "0 [a] word '' 2-3"),
            ("é̱ x¦", "0 [é̱] word 'x' 3-4"),
        ])
    func contexts(marked: String, expected: String) { #expect(shown(marked) == expected) }

    /// What the registry says belongs at the cursor.
    private func slot(_ marked: String) throws -> String {
        let registry = try CommandRegistry([CoreModule(version: "1"), TestModule()])
        let parts = marked.split(separator: "¦", omittingEmptySubsequences: false)
        let context = Syntax.cursorContext(parts.joined(), parts[0].unicodeScalars.count)
        switch registry.slot(at: context) {
        case .command(let path): return "command(\(path.joined(separator: " ")))"
        case .value(let parameter, let type, let signature, let options):
            return "\(signature.name): \(parameter.name) \(type.noun)"
                + (options.isEmpty ? "" : " or \(options.map(\.name).joined(separator: ","))")
        case .option(let parameters, let signature):
            return "\(signature.name): options \(parameters.map(\.name).joined(separator: ","))"
        case .variable: return "variable"
        case .variableField(let name): return "field of \(name)"
        case .file: return "file"
        case .nothing: return "nothing"
        }
    }

    @Test(
        "what belongs at the cursor",
        arguments: [
            ("¦", "command()"),
            ("us¦", "command()"),
            ("users ¦", "command(users)"),
            ("users l¦", "command(users)"),
            ("user li¦", "command(users)"),
            ("user lis ¦", "users list: options type,limit"),
            ("users list ¦", "users list: options type,limit"),
            ("users list limit=3 ¦", "users list: options type"),
            ("users list type=¦", "users list: type \(UserType.allCases.map(\.rawValue).joined(separator: "|"))"),
            ("users list --type ¦", "users list: type \(UserType.allCases.map(\.rawValue).joined(separator: "|"))"),
            ("users list --l¦", "users list: options type,limit"),
            ("users lookup ¦", "users lookup: user user or ids"),
            ("users lookup ada ¦", "users lookup: user user or ids"),
            ("users lookup ids=1,¦", "users lookup: ids user id"),
            ("users list | so¦", "command()"),
            ("users list | sort ¦", "sort: field field"),
            ("users list | where st¦", "where: condition condition"),
            ("users update ada ¦", "users update: user user or dry-run,yes,at-most,administrators,plan,at,for"),
            ("users update ada city=¦", "nothing"),
            ("users update ada --at-most ¦", "users update: at-most number"),
            ("probe ¦", "probe: first text or number,day,list,per-page,where-from,loud"),
            ("probe de¦", "command(probe)"),
            ("probe where-from=¦", "probe: where-from file"),
            ("nosuch ¦", "nothing"),
            ("nosuch x=¦", "nothing"),
            ("x $¦", "variable"),
            ("x $it.¦", "field of it"),
            ("open @¦", "file"),
            ("# ¦", "nothing"),
            ("users list | each { users ¦", "command(users)"),
        ])
    func slots(marked: String, expected: String) throws { #expect(try slot(marked) == expected) }
}
