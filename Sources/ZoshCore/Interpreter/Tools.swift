/// What the interpreter needs from the machine it runs on, each declared here and made elsewhere.
public struct Tools: Sendable {
    let programs: any ProgramStarting
    let views: SavedViews
    var holding: Holding

    /// - Parameter spills: nil: stages that hold rows hold them in memory.
    public init(
        programs: any ProgramStarting = NoPrograms(), spills: (any SpillStore)? = nil, views: SavedViews = SavedViews(at: nil)
    ) {
        self.programs = programs
        self.views = views
        holding = Holding(spills: spills)
    }
}
