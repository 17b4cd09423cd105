using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public partial class DeadlineTableTests
{
    /// <summary>Open Sunday to Thursday 08:00-18:00, Friday 08:00-13:00; holidays closed, their eves until 13:00.</summary>
    [Theory]
    // Pesach 2026: eve Wed 1 April, first day Thu 2 April.
    [InlineData("Tue 2026-03-31 17:30", 60, "Wed 2026-04-01 08:30")]
    [InlineData("Tue 2026-03-31 17:00", 360, "Wed 2026-04-01 13:00")]
    [InlineData("Tue 2026-03-31 17:00", 361, "Fri 2026-04-03 08:01")]
    [InlineData("Wed 2026-04-01 12:00", 60, "Wed 2026-04-01 13:00")]
    [InlineData("Wed 2026-04-01 12:30", 60, "Fri 2026-04-03 08:30")]
    [InlineData("Wed 2026-04-01 13:00", 0, "Fri 2026-04-03 08:00")]
    [InlineData("Wed 2026-04-01 15:00", 180, "Fri 2026-04-03 11:00")]
    [InlineData("Wed 2026-04-01 09:00", 600, "Sun 2026-04-05 09:00")]
    [InlineData("Thu 2026-04-02 10:00", 60, "Fri 2026-04-03 09:00")]
    [InlineData("Thu 2026-04-02 10:00", 360, "Sun 2026-04-05 09:00")]
    // The intermediate days are working days.
    [InlineData("Fri 2026-04-03 12:30", 60, "Sun 2026-04-05 08:30")]
    [InlineData("Mon 2026-04-06 15:00", 180, "Mon 2026-04-06 18:00")]
    // Seventh day of Pesach 2026: eve Tue 7 April, Wed 8 April.
    [InlineData("Mon 2026-04-06 17:00", 120, "Tue 2026-04-07 09:00")]
    [InlineData("Tue 2026-04-07 10:00", 180, "Tue 2026-04-07 13:00")]
    [InlineData("Tue 2026-04-07 10:00", 181, "Thu 2026-04-09 08:01")]
    [InlineData("Tue 2026-04-07 14:00", 60, "Thu 2026-04-09 09:00")]
    [InlineData("Wed 2026-04-08 08:00", 60, "Thu 2026-04-09 09:00")]
    [InlineData("Wed 2026-04-08 23:00", 0, "Thu 2026-04-09 08:00")]
    // Yom HaAtzmaut 2026: Wed 22 April; Yom HaZikaron, its eve, Tue 21 April; the evening before that is an ordinary one.
    [InlineData("Mon 2026-04-20 16:00", 120, "Mon 2026-04-20 18:00")]
    [InlineData("Mon 2026-04-20 17:30", 60, "Tue 2026-04-21 08:30")]
    [InlineData("Tue 2026-04-21 11:00", 120, "Tue 2026-04-21 13:00")]
    [InlineData("Tue 2026-04-21 12:30", 60, "Thu 2026-04-23 08:30")]
    [InlineData("Tue 2026-04-21 16:00", 60, "Thu 2026-04-23 09:00")]
    [InlineData("Wed 2026-04-22 12:00", 60, "Thu 2026-04-23 09:00")]
    [InlineData("Wed 2026-04-22 12:00", 900, "Fri 2026-04-24 13:00")]
    // Yom HaAtzmaut 2025: the fifth of Iyar is Sat 3 May, so Thu 1 May.
    [InlineData("Wed 2025-04-30 12:00", 120, "Fri 2025-05-02 09:00")]
    [InlineData("Thu 2025-05-01 09:00", 60, "Fri 2025-05-02 09:00")]
    [InlineData("Thu 2025-05-01 09:00", 360, "Sun 2025-05-04 09:00")]
    // Yom HaAtzmaut 2024: the fifth of Iyar is Mon 13 May, so Tue 14 May, and the Monday is its eve.
    [InlineData("Sun 2024-05-12 17:30", 60, "Mon 2024-05-13 08:30")]
    [InlineData("Mon 2024-05-13 12:30", 60, "Wed 2024-05-15 08:30")]
    [InlineData("Tue 2024-05-14 10:00", 60, "Wed 2024-05-15 09:00")]
    // Yom HaAtzmaut 2022: the fifth of Iyar is Fri 6 May, so Thu 5 May, and the Friday is an ordinary one.
    [InlineData("Wed 2022-05-04 12:30", 60, "Fri 2022-05-06 08:30")]
    [InlineData("Thu 2022-05-05 13:30", 60, "Fri 2022-05-06 09:00")]
    [InlineData("Fri 2022-05-06 10:00", 60, "Fri 2022-05-06 11:00")]
    // Yom HaAtzmaut 2027: on its day, Wed 12 May.
    [InlineData("Tue 2027-05-11 12:00", 120, "Thu 2027-05-13 09:00")]
    [InlineData("Wed 2027-05-12 09:00", 180, "Thu 2027-05-13 11:00")]
    // Shavuot 2026: eve Thu 21 May, Fri 22 May, then Shabbat.
    [InlineData("Wed 2026-05-20 17:00", 420, "Sun 2026-05-24 09:00")]
    [InlineData("Thu 2026-05-21 10:00", 180, "Thu 2026-05-21 13:00")]
    [InlineData("Thu 2026-05-21 12:30", 60, "Sun 2026-05-24 08:30")]
    [InlineData("Fri 2026-05-22 10:00", 60, "Sun 2026-05-24 09:00")]
    // Shavuot 2027: Fri 11 June. 2025: Mon 2 June, its eve a Sunday. 2028: Wed 31 May.
    [InlineData("Thu 2027-06-10 12:00", 120, "Sun 2027-06-13 09:00")]
    [InlineData("Sun 2025-06-01 12:30", 60, "Tue 2025-06-03 08:30")]
    [InlineData("Sat 2025-05-31 20:00", 360, "Tue 2025-06-03 09:00")]
    [InlineData("Tue 2028-05-30 13:00", 60, "Thu 2028-06-01 09:00")]
    // Fasts, Purim and Hanukkah are working days: 9 Av 2026 is Thu 23 July, Purim Tue 3 March, Hanukkah begins on Fri 4 December.
    [InlineData("Wed 2026-07-22 17:30", 60, "Thu 2026-07-23 08:30")]
    [InlineData("Thu 2026-07-23 10:00", 60, "Thu 2026-07-23 11:00")]
    [InlineData("Tue 2026-03-03 15:00", 180, "Tue 2026-03-03 18:00")]
    [InlineData("Sun 2026-12-06 16:00", 120, "Sun 2026-12-06 18:00")]
    // Rosh Hashana 2026: Sat 12 and Sun 13 September.
    [InlineData("Thu 2026-09-10 17:40", 60, "Fri 2026-09-11 08:40")]
    [InlineData("Fri 2026-09-11 12:30", 60, "Mon 2026-09-14 08:30")]
    [InlineData("Fri 2026-09-11 10:00", 240, "Mon 2026-09-14 09:00")]
    [InlineData("Sat 2026-09-12 10:00", 60, "Mon 2026-09-14 09:00")]
    [InlineData("Sun 2026-09-13 10:00", 60, "Mon 2026-09-14 09:00")]
    // Rosh Hashana 2024: Thu 3 and Fri 4 October, with Shabbat three days in a row.
    [InlineData("Tue 2024-10-01 17:00", 420, "Sun 2024-10-06 09:00")]
    [InlineData("Wed 2024-10-02 10:00", 180, "Wed 2024-10-02 13:00")]
    [InlineData("Wed 2024-10-02 12:30", 60, "Sun 2024-10-06 08:30")]
    [InlineData("Thu 2024-10-03 10:00", 60, "Sun 2024-10-06 09:00")]
    [InlineData("Fri 2024-10-04 10:00", 60, "Sun 2024-10-06 09:00")]
    // Rosh Hashana 2025: Tue 23 and Wed 24 September. 2022: Mon 26 and Tue 27 September. 2027: Sat 2 and Sun 3 October.
    [InlineData("Mon 2025-09-22 12:30", 60, "Thu 2025-09-25 08:30")]
    [InlineData("Tue 2025-09-23 09:00", 60, "Thu 2025-09-25 09:00")]
    [InlineData("Wed 2025-09-24 18:00", 60, "Thu 2025-09-25 09:00")]
    [InlineData("Sun 2022-09-25 12:30", 60, "Wed 2022-09-28 08:30")]
    [InlineData("Fri 2027-10-01 13:00", 60, "Mon 2027-10-04 09:00")]
    // Yom Kippur 2026: Mon 21 September, its eve a Sunday. 2024: a Shabbat. 2025: Thu 2 October. 2027: Mon 11 October.
    [InlineData("Fri 2026-09-18 12:00", 420, "Tue 2026-09-22 09:00")]
    [InlineData("Sun 2026-09-20 12:00", 60, "Sun 2026-09-20 13:00")]
    [InlineData("Sun 2026-09-20 12:30", 60, "Tue 2026-09-22 08:30")]
    [InlineData("Sun 2026-09-20 08:00", 301, "Tue 2026-09-22 08:01")]
    [InlineData("Mon 2026-09-21 09:00", 180, "Tue 2026-09-22 11:00")]
    [InlineData("Fri 2024-10-11 12:30", 60, "Sun 2024-10-13 08:30")]
    [InlineData("Wed 2025-10-01 12:00", 120, "Fri 2025-10-03 09:00")]
    [InlineData("Sun 2027-10-10 12:30", 60, "Tue 2027-10-12 08:30")]
    // Sukkot and Simchat Torah 2026: Shabbat 26 September and Shabbat 3 October; the Sundays after them are working days, as Israel keeps one day.
    [InlineData("Fri 2026-09-25 12:30", 60, "Sun 2026-09-27 08:30")]
    [InlineData("Sun 2026-09-27 10:00", 60, "Sun 2026-09-27 11:00")]
    [InlineData("Thu 2026-10-01 17:30", 60, "Fri 2026-10-02 08:30")]
    [InlineData("Fri 2026-10-02 12:45", 60, "Sun 2026-10-04 08:45")]
    [InlineData("Sun 2026-10-04 10:00", 60, "Sun 2026-10-04 11:00")]
    // Sukkot 2024: Thu 17 October, Simchat Torah Thu 24 October. 2025: Tue 7 and Tue 14 October.
    [InlineData("Wed 2024-10-16 12:30", 60, "Fri 2024-10-18 08:30")]
    [InlineData("Wed 2024-10-23 13:00", 360, "Sun 2024-10-27 09:00")]
    [InlineData("Mon 2025-10-06 13:00", 60, "Wed 2025-10-08 09:00")]
    [InlineData("Mon 2025-10-13 08:00", 900, "Wed 2025-10-15 18:00")]
    // Leap years: Pesach 2027 is Thu 22 April (a month earlier it is only Purim), 2024 Tue 23 and Mon 29 April.
    [InlineData("Tue 2027-03-23 10:00", 60, "Tue 2027-03-23 11:00")]
    [InlineData("Wed 2027-04-21 12:30", 60, "Fri 2027-04-23 08:30")]
    [InlineData("Thu 2027-04-22 10:00", 60, "Fri 2027-04-23 09:00")]
    [InlineData("Mon 2024-04-22 12:30", 60, "Wed 2024-04-24 08:30")]
    [InlineData("Sun 2024-04-28 12:30", 60, "Tue 2024-04-30 08:30")]
    // Pesach 2025: Sun 13 April, its eve a Shabbat; the seventh day is Shabbat 19 April.
    [InlineData("Fri 2025-04-11 12:30", 60, "Mon 2025-04-14 08:30")]
    [InlineData("Sun 2025-04-13 09:00", 60, "Mon 2025-04-14 09:00")]
    [InlineData("Fri 2025-04-18 12:00", 120, "Sun 2025-04-20 09:00")]
    public void Plumber_who_keeps_the_holidays(string start, int minutes, string deadline) => Expect(Businesses.Plumber, start, minutes, deadline);
}
