/// Where a call comes from, as the host says it: the line it stands in, and its place in what is written down of that
/// line.
package struct Origin: Sendable {
    /// The line; nil for a call outside any line.
    package var line: LineTally?
    /// Nil where nothing is written down that could be taken up again.
    package var step: Step?

    /// What the lines before would have changed, where this is a dry run.
    package var foreseen: ForeseenChanges?
    /// The number of the job that the line takes back.
    package var undoes: Int?
    /// The plan that the call applies.
    package var plan: PlanMark?
    /// The job whose time has come, where the call is part of that.
    package var due: Due?
    /// Where the call asks together with those of other connections.
    package var question: SharedQuestion.Part?
    /// How a later line calls this one: `line 3`.
    package var place: String

    package init(
        line: LineTally? = nil, step: Step? = nil, foreseen: ForeseenChanges? = nil, undoes: Int? = nil,
        plan: PlanMark? = nil, question: SharedQuestion.Part? = nil, place: String = ""
    ) {
        self.line = line
        self.step = step
        self.foreseen = foreseen
        self.undoes = undoes
        self.plan = plan
        self.question = question
        self.place = place
    }

    /// A job that waited for its time and runs now.
    package struct Due: Sendable, Hashable {
        package let job: Int
        /// Whether it puts back what another job has changed for some time.
        package let isWayBack: Bool

        package init(job: Int, isWayBack: Bool) {
            self.job = job
            self.isWayBack = isWayBack
        }
    }

    /// One stage of one pipeline of a run, the same in every attempt at it.
    package struct Step: Sendable, Hashable {
        /// The number of the run.
        package let run: Int
        /// Which run of a pipeline, in the order they began.
        package let unit: Int
        package let stage: Int

        package init(run: Int, unit: Int, stage: Int) {
            self.run = run
            self.unit = unit
            self.stage = stage
        }
    }
}
