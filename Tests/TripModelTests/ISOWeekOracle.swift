// Written by Tests/oracles/iso_weeks.py with Python's datetime. Do not edit.

/// Days from one year to another, and the digest of their ISO weeks.
struct ISOWeekOracle: Sendable {
  let years: ClosedRange<Int>
  let dayCount: Int
  let digest: UInt64

  static let all: [ISOWeekOracle] = [
    .init(years: 1...400, dayCount: 146097, digest: 0x9dc19c707606eeff),
    .init(years: 401...800, dayCount: 146097, digest: 0x9b652af90e044eff),
    .init(years: 801...1200, dayCount: 146097, digest: 0x2c899f61af09aeff),
    .init(years: 1201...1600, dayCount: 146097, digest: 0x80ffac035c880eff),
    .init(years: 1601...2000, dayCount: 146097, digest: 0xdf9a491626326eff),
    .init(years: 2001...2400, dayCount: 146097, digest: 0xfb897757314dceff),
    .init(years: 2401...2800, dayCount: 146097, digest: 0x6e18a09615c52eff),
    .init(years: 2801...3200, dayCount: 146097, digest: 0x80b1e71cc9ed8eff),
    .init(years: 3201...3600, dayCount: 146097, digest: 0x9fdfbf18cd2deeff),
    .init(years: 3601...4000, dayCount: 146097, digest: 0xd11b1ade7d774eff),
    .init(years: 4001...4400, dayCount: 146097, digest: 0x9fa3eb9a94bcaeff),
    .init(years: 4401...4800, dayCount: 146097, digest: 0xe754465bbc5d0eff),
    .init(years: 4801...5200, dayCount: 146097, digest: 0x625421de16f16eff),
    .init(years: 5201...5600, dayCount: 146097, digest: 0x3c676144e5c4ceff),
    .init(years: 5601...6000, dayCount: 146097, digest: 0xd789ebf9637c2eff),
    .init(years: 6001...6400, dayCount: 146097, digest: 0x7af662ac9efe8eff),
    .init(years: 6401...6800, dayCount: 146097, digest: 0x57b5d1dfe820eeff),
    .init(years: 6801...7200, dayCount: 146097, digest: 0xaf15f4ab5d6a4eff),
    .init(years: 7201...7600, dayCount: 146097, digest: 0x1f9522e42d97aeff),
    .init(years: 7601...8000, dayCount: 146097, digest: 0xa44f982984b20eff),
    .init(years: 8001...8400, dayCount: 146097, digest: 0xc28f50a15e2c6eff),
    .init(years: 8401...8800, dayCount: 146097, digest: 0x12224d07d13fceff),
    .init(years: 8801...9200, dayCount: 146097, digest: 0xd69dea50324f2eff),
    .init(years: 9201...9600, dayCount: 146097, digest: 0x1e695da790a38eff),
    .init(years: 9601...9999, dayCount: 145731, digest: 0xe7adb6632c4684d0),
  ]
}
