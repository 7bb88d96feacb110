internal import ZoshKit

/// Where a script is about to run, beside where its header says it belongs.
struct ScriptPlace {
    /// The world the script runs in; its session has the connection.
    let shell: ShellContext
    /// The directory of the script's own organisation, when it runs in another one.
    let map: ScriptMap?

    /// Chooses the connection the header means when none is chosen, and refuses every other one unless it may map. A
    /// script run by one that is mapped is mapped as well, if it belongs where that one does or says nothing.
    static func find(_ header: ScriptHeader?, mayMap: Bool, need: ConnectionNeed, _ runner: PipelineRunner)
        async throws -> ScriptPlace
    {
        let contexts = runner.text.interpreter.contexts
        let session = runner.text.interpreter.session
        let meter = runner.shell.progress
        guard let header, header.namesAPlace else {
            let shell = try await contexts.context(for: need, progress: meter)
            return ScriptPlace(shell: shell, map: try await runner.text.map?.renewed(by: shell.directory))
        }
        let all = try await runner.shell.connections.all()
        let meant = header.meant(among: all)
        if await session.connectionName == nil, let meant { await session.use(connection: meant.name) }
        let near = header.misspelling(among: all)
        let shell: ShellContext
        do {
            shell = try await contexts.context(needsConnection: true, progress: meter)
        } catch let error as ZoshError where error.kind == .usage {
            throw ZoshError(
                .refused, "the script is for \(header.place), and no connection, or more than one, matches",
                at: header.span,
                remedy: near ?? "choose one: --connection NAME, with --map if it is another organisation")
        }
        guard let connection = shell.session.connection else {
            throw ZoshError(
                .auth, "the script is for \(header.place), and you are not signed in", at: header.span,
                remedy: "auth login")
        }
        if header.fits(connection) { return ScriptPlace(shell: shell, map: nil) }
        guard mayMap || runner.text.map.map({ header.isOf($0.home) }) == true else {
            throw ZoshError(
                .refused,
                "the script is for \(header.place), and '\(connection.name)' is \(connection.orgName) "
                    + "(\(connection.orgID), \(connection.dataCentre))",
                at: header.span,
                remedy: near ?? meant.map { "use \($0.name), or replay with --map" }
                    ?? "use the connection it is for, or replay with --map")
        }
        var origin: DirectorySnapshot?
        if let meant, meant.name != connection.name {
            // Without it ids stay unmapped, and are reported as such.
            origin = try? await contexts.context(of: meant.name, progress: meter).directory.fresh(within: 3600)
        }
        let target = try await shell.directory.fresh(within: 60)
        let name = "\(connection.orgName) (\(connection.dataCentre))"
        let added = runner.text.map?.added ?? []
        return ScriptPlace(
            shell: shell, map: ScriptMap(home: header, origin: origin, target: target, targetName: name, added: added))
    }
}
