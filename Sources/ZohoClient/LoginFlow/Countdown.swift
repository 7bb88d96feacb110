public enum Countdown {
    /// Seconds as a clock shows them: `4:05`.
    public static func text(_ seconds: Int64) -> String {
        "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }
}
