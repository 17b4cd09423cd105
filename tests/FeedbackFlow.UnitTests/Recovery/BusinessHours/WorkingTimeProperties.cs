using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

/// <summary>What holds for every business, every moment and every promise.</summary>
public class WorkingTimeProperties
{
    [Fact]
    public void A_drawn_week_is_in_order() => Holds(any => any.Week.Check().Count == 0);

    [Fact]
    public void A_deadline_is_in_open_time_or_exactly_at_a_closing() => Holds(any => InOpenTimeOrAtClosing(any, any.Amount));

    [Fact]
    public void Half_and_four_fifths_of_a_promise_are_in_open_time_too() =>
        Holds(any => InOpenTimeOrAtClosing(any, any.Amount * 0.5) && InOpenTimeOrAtClosing(any, any.Amount * 0.8));

    [Fact]
    public void A_deadline_is_never_before_the_start() => Holds(any => any.Time.Add(any.Start, any.Amount) >= any.Start + any.Amount);

    [Fact]
    public void A_longer_promise_never_ends_earlier() =>
        Holds(any => any.Time.Add(any.Start, any.Amount) <= any.Time.Add(any.Start, any.Amount + any.Further));

    [Fact]
    public void A_later_start_never_ends_earlier() =>
        Holds(any => any.Time.Add(any.Start, any.Amount) <= any.Time.Add(any.Start + any.Further, any.Amount));

    [Fact]
    public void The_open_time_until_a_deadline_is_what_was_promised() =>
        Holds(any => any.Time.Between(any.Start, any.Time.Add(any.Start, any.Amount)) == any.Amount);

    /// <summary>But for nothing more, which moves on from a closing to the next opening.</summary>
    [Fact]
    public void Two_promises_in_a_row_are_as_one() =>
        Holds(any => any.Further == TimeSpan.Zero
            || any.Time.Add(any.Time.Add(any.Start, any.Amount), any.Further) == any.Time.Add(any.Start, any.Amount + any.Further));

    [Fact]
    public void Open_times_of_neighbouring_stretches_add_up() =>
        Holds(any =>
        {
            var (middle, end) = (any.Start + any.Amount, any.Start + any.Amount + any.Further);
            return any.Time.Between(any.Start, middle) + any.Time.Between(middle, end) == any.Time.Between(any.Start, end);
        });

    [Fact]
    public void The_next_opening_is_open_and_is_now_when_open() =>
        Holds(any =>
        {
            var opening = any.Time.NextOpen(any.Start);
            return any.Time.IsOpen(opening)
                && opening == any.Time.Add(any.Start, TimeSpan.Zero)
                && opening == any.Start == any.Time.IsOpen(any.Start)
                && any.Time.Between(any.Start, opening) == TimeSpan.Zero;
        });

    [Fact]
    public void The_next_working_day_ends_at_a_closing_of_a_later_date() =>
        Holds(any =>
        {
            var end = any.Time.EndOfNextWorkingDay(any.Start);
            var lastMinute = end.AddTicks(-1);
            return any.Time.IsOpen(lastMinute) && LocalOf(any, lastMinute).Date > LocalOf(any, any.Start).Date;
        });

    [Fact]
    public void An_answer_is_given_in_the_offset_of_the_business() =>
        Holds(any =>
        {
            var deadline = any.Time.Add(any.Start, any.Amount);
            return deadline.DateTime == LocalOf(any, deadline).ToDateTimeUnspecified();
        });

    /// <summary>The definition, without any cleverness: look at the wall clock once a minute.</summary>
    [Fact]
    public void A_deadline_is_where_counting_minute_by_minute_ends() =>
        Holds(any => any.Time.Add(any.Start, any.Amount) == (any.Amount == TimeSpan.Zero ? FirstOpenMinute(any) : Counted(any)));

    private static DateTimeOffset Counted(Case any)
    {
        var at = any.Start;
        for (var left = any.Amount; left > TimeSpan.Zero; at = at.AddMinutes(1))
        {
            left -= ShowsAnOpeningHour(any, at) ? TimeSpan.FromMinutes(1) : TimeSpan.Zero;
        }

        return at;
    }

    private static DateTimeOffset FirstOpenMinute(Case any)
    {
        var at = any.Start;
        while (!ShowsAnOpeningHour(any, at))
        {
            at = at.AddMinutes(1);
        }

        return at;
    }

    private static bool ShowsAnOpeningHour(Case any, DateTimeOffset at)
    {
        var local = LocalOf(any, at);
        var (day, clock) = (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
        var holiday = any.Week.JewishHolidays ? JewishHolidays.On(day) : HolidayHours.Open;
        return !any.Week.ClosedDays.Contains(day)
            && holiday != HolidayHours.Closed
            && (holiday == HolidayHours.Open || clock.Hour < 13)
            && any.Week.Hours.Any(line =>
                line.Day == day.DayOfWeek && line.From <= clock && (clock < line.To || line.To == TimeOnly.MinValue));
    }

    private static bool InOpenTimeOrAtClosing(Case any, TimeSpan amount)
    {
        var at = any.Time.Add(any.Start, amount);
        return any.Time.IsOpen(at) || any.Time.IsOpen(at.AddTicks(-1));
    }

    private static LocalDateTime LocalOf(Case any, DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(any.Time.Zone).LocalDateTime;

    private static void Holds(Func<Case, bool> property) => Check.QuickThrowOnFailure(Prop.ForAll(AnyBusiness.Cases, property));
}
