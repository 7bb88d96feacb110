import Synchronization
import Testing
import ZoshKit

@testable import zosh

struct ProgressTests {
    private final class Clock: Sendable {
        private let now = Mutex(Duration.seconds(100))
        func set(_ seconds: Double) { now.withLock { $0 = .seconds(100) + .milliseconds(Int(seconds * 1000)) } }
        var read: @Sendable () -> Duration { { self.now.withLock { $0 } } }
    }

    private static func reading(_ edit: (inout ProgressMeter.Reading) -> Void) -> ProgressMeter.Reading {
        var reading = ProgressMeter.Reading()
        edit(&reading)
        return reading
    }

    @Test(arguments: [
        (reading { _ in }, 80, "waiting … Ctrl-C stops"), (reading { $0.calls = 1 }, 80, "1 call … Ctrl-C stops"),
        (
            reading { ($0.rows, $0.calls, $0.credits) = (400, 2, 2) }, 80,
            "400 rows · 200/s · 2 calls · 2 credits … Ctrl-C stops"
        ),
        (
            reading { ($0.rows, $0.expected, $0.calls, $0.credits) = (400, 2000, 2, 2) }, 80,
            "400 of 2000 rows · 8 s left · 200/s · 2 calls · 2 credits … Ctrl-C stops"
        ),
        (
            reading { ($0.rows, $0.expected, $0.calls, $0.credits) = (400, 2000, 2, 2) }, 40,
            "400 of 2000 rows · 8 s left · 200/s"
        ),
        (
            reading { ($0.rows, $0.expected) = (10, 100_000) }, 80,
            "10 of 100000 rows · 5.6 h left · 5.0/s … Ctrl-C stops"
        ),
        (reading { ($0.rows, $0.expected) = (1000, 100_000) }, 20, "1000 of 100000 rows"),
        (reading { $0.expected = 7 }, 80, "0 of 7 rows … Ctrl-C stops"),
    ])
    func `it tells rows, time left, rate, calls and credits, as many as fit`(
        reading: ProgressMeter.Reading, columns: Int, text: String
    ) {
        let clock = Clock()
        clock.set(0.3)
        var line = ProgressLine(isStopping: { false }, clock: clock.read)
        clock.set(2)
        #expect(line.text(reading, columns: columns) == text)
    }

    @Test func `changes are paced from when they were decided`() {
        let clock = Clock()
        var line = ProgressLine(isStopping: { false }, clock: clock.read)
        clock.set(60)
        #expect(
            line.text(Self.reading { ($0.rows, $0.plannedChanges) = (500, 500) }, columns: 80)
                == "0 of 500 changes … Ctrl-C stops")
        clock.set(70)
        #expect(
            line.text(Self.reading { ($0.rows, $0.changes, $0.plannedChanges) = (500, 20, 500) }, columns: 80)
                == "20 of 500 changes · 4 min left · 2.0/s … Ctrl-C stops")
    }

    @Test func `once asked to stop it says what it still waits for`() {
        var line = ProgressLine(isStopping: { true }, clock: Clock().read)
        #expect(line.text(Self.reading { _ in }, columns: 80) == "stopping … Ctrl-C again stops waiting")
        #expect(
            line.text(Self.reading { $0.inFlight = ["delete \u{1B}ada@x"] }, columns: 80)
                == "finishing: delete \\u{1b}ada@x … Ctrl-C again stops waiting")
    }

    @Test func `a person who stops waiting is told what is uncertain, and later how it ended`() {
        let meter = ProgressMeter()
        let ada = meter.begin(change: "delete ada@x")
        let bob = meter.begin(change: "delete bob@x")
        // The same user at another connection.
        let other = meter.begin(change: "delete ada@x")
        meter.end(bob, "done")
        meter.end(other, "failed")
        let uncertain = meter.abandon()
        #expect(
            UncertainChanges.sentence(uncertain)
                == "stopped waiting; delete ada@x may or may not have happened: check before repeating")
        #expect(UncertainChanges.sentence([]) == "stopped waiting; no change was in flight")
        #expect(UncertainChanges.news(uncertain, meter) == nil)
        meter.end(ada, "done")
        #expect(UncertainChanges.news(uncertain, meter) == "after you stopped waiting: delete ada@x: done")
        #expect(meter.reading.changes == 3)
        let window = (1...10).map { "delete \($0)@x" }
        let sentence = UncertainChanges.sentence(window.map { meter.begin(change: $0) })
        #expect(window.allSatisfy { sentence.contains($0 + ",") || sentence.contains($0 + " may") }, "\(sentence)")
    }

    @Test func `where nothing can be wiped a countdown is a line every half minute, and no escape`() {
        let written = Mutex("")
        let narrator = Narrator(isTerminal: true, canWipe: false, write: { text in written.withLock { $0 += text } })
        for left in stride(from: 300, to: 235, by: -1) { narrator.hold("\(left) s left") }
        narrator.say("done")
        narrator.hold(nil)
        narrator.hold("again")
        narrator.makeRoom()
        #expect(written.withLock { $0 } == "300 s left\n270 s left\n240 s left\ndone\nagain\n")
    }

    @Test func `a countdown is drawn in the place of the one before, and wiped`() {
        let written = Mutex("")
        let narrator = Narrator(isTerminal: true, canWipe: true, write: { text in written.withLock { $0 += text } })
        for text in ["2 s left", "1 s left"] { narrator.hold(text) }
        narrator.hold(nil)
        #expect(written.withLock { $0 } == "2 s left\r\u{1B}[K1 s left\r\u{1B}[K")
    }

    @Test func `while a pager has the screen nothing is written, and what was said is told afterwards`() {
        let written = Mutex("")
        let narrator = Narrator(isTerminal: true, canWipe: true, write: { text in written.withLock { $0 += text } })
        narrator.leaveScreen()
        narrator.say("the list is partial")
        narrator.hold("2 s left")
        narrator.follow(ProgressMeter(), isLinear: false)
        narrator.say("zosh: refused", isAlarm: true)
        #expect(written.withLock { $0 } == "")
        narrator.takeScreen()
        narrator.endLine()
        #expect(written.withLock { $0 } == "the list is partial\nzosh: refused\n")
    }

    @Test(arguments: [(true, "\u{1B}[31mzosh: no\u{1B}[39m\n  hint: yes\n"), (false, "zosh: no\n  hint: yes\n")])
    func `an error is red where there are colours, its remedy is not`(colour: Bool, text: String) {
        let written = Mutex("")
        let narrator = Narrator(
            isTerminal: true, canWipe: true, colour: colour, write: { text in written.withLock { $0 += text } })
        narrator.say("zosh: no\n  hint: yes", isAlarm: true)
        #expect(written.withLock { $0 } == text)
        narrator.say("")
    }

    @Test func `progress that cannot be drawn is told after three seconds, then every ten`() {
        #expect((1...400).filter(Narrator.isProgressDue) == [30, 130, 230, 330])
    }
}
