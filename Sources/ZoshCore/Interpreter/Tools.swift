/// What the interpreter needs from the machine it runs on, each declared here and made elsewhere.
public struct Tools: Sendable {
    let programs: any ProgramStarting
    let views: SavedViews
    var holding: Holding
    /// The file whose lines run at the start of every session; nil where there is none.
    let initFile: String?

    /// - Parameter spills: nil: stages that hold rows hold them in memory.
    public init(
        programs: any ProgramStarting = NoPrograms(), spills: (any SpillStore)? = nil,
        views: SavedViews = SavedViews(at: nil),
        initFile: String? = nil
    ) {
        self.programs = programs
        self.views = views
        self.initFile = initFile
        holding = Holding(spills: spills)
    }
}
