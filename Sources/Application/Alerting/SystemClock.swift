internal import Access
internal import Glibc

/// The system's clock as an instant of the vocabulary.
enum SystemClock {
  static var now: EventTime {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return EventTime(
      ticks: Int64(time.tv_sec) * EventTime.ticksPerSecond + Int64(time.tv_nsec) / 100)
  }
}
