using FeedbackFlow.Benchmarks.Loop;
using FeedbackFlow.Benchmarks.Signals;

return args switch
{
    ["measure", .. var rest] => MeasureSignals.Run(rest),
    ["constructed", .. var rest] => MeasureConstructed.Run(rest),
    ["train", var data, var target] => TrainSentiment.Run([data, target]),
    ["read", .. var rest] => ReadAloud.Run(rest),
    ["speed", .. var rest] => MeasureSpeed.Run(rest),
    ["loop", .. var rest] => await MeasureLoop.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("measure FOLDER [--errors]   precision, recall and sentiment on the labelled sets of FOLDER");
    Console.Error.WriteLine("constructed FILE [--errors] the same on a file of constructed texts with marked evidence");
    Console.Error.WriteLine("train FOLDER TARGET         makes the sentiment models from the sets of FOLDER that may be used for it");
    Console.Error.WriteLine("read TEXT…                  what the detector reads in each text");
    Console.Error.WriteLine("speed                       texts a second on one core");
    Console.Error.WriteLine("loop [URL] [SECONDS] [RATE] how long answers and alerts take under load, on a Development server of this machine");
    return 2;
}
