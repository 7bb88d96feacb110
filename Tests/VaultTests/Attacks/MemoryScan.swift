internal import Glibc

/// Bytes to look for that are not themselves in memory: kept masked.
struct Needle: Sendable {
    private static let mask: UInt8 = 0xA5
    private let masked: [UInt8]

    /// `count` random bytes that exist only when asked for.
    static func random(count: Int) -> Needle {
        Needle(masked: (0..<count).map { _ in UInt8.random(in: .min ... .max) })
    }

    init(of bytes: UnsafeRawBufferPointer) { masked = bytes.map { $0 ^ Self.mask } }

    private init(masked: [UInt8]) { self.masked = masked }

    func reveal(into bytes: UnsafeMutableRawBufferPointer) {
        for index in bytes.indices { bytes[index] = masked[index] ^ Self.mask }
    }

    /// How often the bytes are in the writable memory of this process, found
    /// through the kernel, as a debugger would.
    func occurrences() -> Int {
        let size = 1 << 20
        guard let window = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            window != MAP_FAILED
        else { return -1 }
        defer { munmap(window, size) }
        let memory = open("/proc/self/mem", O_RDONLY)
        defer { close(memory) }
        let own = UInt(bitPattern: window)..<UInt(bitPattern: window) + UInt(size)
        var found = 0
        for region in Self.writableRegions() where !region.overlaps(own) {
            var at = region.lowerBound
            while at < region.upperBound {
                let wanted = min(size, Int(region.upperBound - at))
                let count = pread(memory, window, wanted, Int(at))
                if count <= 0 { break }
                found += matches(in: UnsafeRawBufferPointer(start: window, count: count))
                if count < masked.count || at + UInt(count) >= region.upperBound { break }
                // Once more over the end, where a match may be cut in two.
                at += UInt(count - masked.count + 1)
            }
        }
        return found
    }

    private func matches(in bytes: UnsafeRawBufferPointer) -> Int {
        guard let start = bytes.baseAddress, bytes.count >= masked.count else { return 0 }
        let end = start + bytes.count - masked.count
        var found = 0
        var next = start
        while next <= end, let hit = memchr(next, Int32(masked[0] ^ Self.mask), end - next + 1) {
            let candidate = UnsafeRawPointer(hit)
            if masked.indices.allSatisfy({
                candidate.load(fromByteOffset: $0, as: UInt8.self) ^ Self.mask == masked[$0]
            }) {
                found += 1
            }
            next = candidate + 1
        }
        return found
    }

    private static func writableRegions() -> [Range<UInt>] {
        var regions: [Range<UInt>] = []
        guard let maps = fopen("/proc/self/maps", "r") else { return [] }
        defer { fclose(maps) }
        var line = [CChar](repeating: 0, count: 1024)
        while fgets(&line, Int32(line.count), maps) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let parts = text.split(separator: " ")
            let bounds = parts[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            if parts[1].hasPrefix("rw"), bounds.count == 2 { regions.append(bounds[0]..<bounds[1]) }
        }
        return regions
    }
}
