/// One step of the tour: a line to type, and why.
struct TourStep: Sendable {
    let why: String
    let line: String
    /// How a row of the line has to end: what asks nothing has taught nothing.
    var outcome: String?

    /// - Parameter round: from 1; a user added in one round is there in the next.
    static func all(inRound round: Int = 1) -> [TourStep] {
        let grace = "grace\(round == 1 ? "" : String(round))@example.com"
        return [
            TourStep(why: "Who you are, and in which organisation. The prompt says it, too.", line: "whoami"),
            TourStep(
                why: "Everybody. Tab completes what you type: us, Tab, l, Tab. What is longer than the screen opens "
                    + "in a pager: Space turns the page, q leaves it.",
                line: "users list"),
            TourStep(
                why: "Commands take options, and | hands rows to the next one. select chooses the columns.",
                line: "users list type=AdminUsers | select email, role.name"),
            TourStep(
                why: "where keeps the rows that meet a condition; count counts them.",
                line: "users list | where status == active | count"),
            TourStep(why: "How many there are of each.", line: "users list | group status"),
            TourStep(
                why: "A change says what it will do and asks first: answer y.",
                line: "users add first_name=Grace last_name=Hopper email=\(grace) role=Manager profile=Standard",
                outcome: "done"),
            TourStep(
                why: "A dry run reads, describes and changes nothing. Tab completes people: grace, Tab.",
                line: "users update \(grace) city=Arlington --dry-run", outcome: "planned"),
            TourStep(why: "Now for good.", line: "users update \(grace) city=Arlington", outcome: "done"),
            TourStep(why: "Take it back: every field goes to what it was.", line: "undo", outcome: "done"),
            TourStep(why: "Each line that changed something is a job, with its number.", line: "jobs list"),
        ]
    }

    static let ending = """
        That was the tour. Next: help lists every command, help users list explains one, zosh -c 'LINE' runs a line from
        a script. For your own organisation: leave with exit, start zosh, type auth setup.
        """
}
