#if arch(x86_64)
  internal import CVector

  enum WideBytes {
    /// The place of each byte, which tells where those are that a mask picks.
    static var zeroTo63: __m512i {
      let first: Int64 = 0x0706_0504_0302_0100
      let next: Int64 = 0x0808_0808_0808_0808
      return __m512i(
        first, first &+ next, first &+ 2 &* next, first &+ 3 &* next, first &+ 4 &* next,
        first &+ 5 &* next, first &+ 6 &* next, first &+ 7 &* next)
    }
  }
#endif
