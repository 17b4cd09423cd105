using FeedbackFlow.Benchmarks.Cost;
using FeedbackFlow.Benchmarks.Loop;
using FeedbackFlow.Benchmarks.Signals;

return args switch
{
    ["measure", .. var rest] => MeasureSignals.Run(rest),
    ["train", var corpus, var data, var target] => TrainModel.Run(corpus, data, target),
    ["concepts", var lexicon, var target] => ConceptFile.Run(lexicon, target),
    ["evaluate", .. var rest] => Evaluate.Run(rest),
    ["crossvalidate", .. var rest] => CrossValidate.Run(rest),
    ["read", .. var rest] => ReadAloud.Run(rest),
    ["cascade", .. var rest] => MeasureCascade.Run(rest),
    ["peers", var tune, var data] => MeasurePeers.Run(tune, data),
    ["speed"] => MeasureSpeed.Run(),
    ["loop", .. var rest] => await MeasureLoop.RunAsync(rest),
    ["cost", var file] => CostOfAMonth.Run(file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("measure FOLDER [--errors]   precision, recall and sentiment on the labelled sets of FOLDER");
    Console.Error.WriteLine("evaluate PATH… [--errors]   precision, recall, F1, direction, calibration and errors on texts in the form of Signals/Corpus");
    Console.Error.WriteLine("train CORPUS DATA TARGET    makes the model from the build texts of CORPUS and the sets of DATA that may be used for it");
    Console.Error.WriteLine("concepts LEXICON TARGET     makes the table of concepts from the words of LEXICON");
    Console.Error.WriteLine("crossvalidate BUILD [TUNE] [DATA] [--errors] [NAME=NUMBER…] learns of all writers but some, in turn; for choosing features");
    Console.Error.WriteLine("read TEXT…                  what the detector reads in each text");
    Console.Error.WriteLine("cascade FOLDER              share of second readings that the cascade saves on the labelled sets of FOLDER");
    Console.Error.WriteLine("peers TUNE DATA             three classes beside the npm libraries of Signals/Speed/npm");
    Console.Error.WriteLine("speed                       texts a second on one core, allocation and start, beside the same libraries");
    Console.Error.WriteLine("cost FILE                   what a month costs in Azure, by the numbers of FILE");
    Console.Error.WriteLine("loop [URL] [SECONDS] [RATE] how long answers and alerts take under load, on a Development server of this machine");
    return 2;
}
