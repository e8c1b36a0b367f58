package variorum;

import java.util.Arrays;
import opennlp.tools.ml.model.Context;

/** What the model says of one token, worked out once for all ways with the same last two outcomes. */
final class Token {
    private final Place place;
    private final Verdict[] verdicts;
    private int judged;

    /** The chance of each outcome after a way; {@code least} is that of the last one in the beam. */
    record Verdict(Way way, double[] chances, double least, double[] logarithms) {
        private static final double UNKNOWN = 1; // above any logarithm of a chance

        boolean holdsAfter(Way other) {
            return other.outcome() == way.outcome() && other.outcomeBefore() == way.outcomeBefore();
        }

        double logarithm(int outcome) {
            if (logarithms[outcome] == UNKNOWN) {
                logarithms[outcome] = StrictMath.log(chances[outcome]);
            }
            return logarithms[outcome];
        }
    }

    /** A beam keeps that many ways. */
    Token(Place place, int beam) {
        this.place = place;
        verdicts = new Verdict[beam];
    }

    boolean allows(Way way, int outcome) {
        return place.allows(way, outcome);
    }

    /** What the model says after that way. */
    Verdict after(Way way) {
        for (int index = 0; index < judged; index++) {
            if (verdicts[index].holdsAfter(way)) {
                return verdicts[index];
            }
        }
        return verdicts[judged++] = judge(way);
    }

    private Verdict judge(Way way) {
        double[] chances = place.sums().clone();
        for (int feature = 0; feature < place.features(); feature++) {
            add(place.after(way, feature), chances);
        }
        normalize(chances);
        double[] rest = chances.clone();
        Arrays.sort(rest);
        double least = rest[Math.max(0, rest.length - verdicts.length)];
        Arrays.fill(rest, Verdict.UNKNOWN);
        return new Verdict(way, chances, least, rest);
    }

    private static void normalize(double[] sums) {
        double all = 0;
        for (int outcome = 0; outcome < sums.length; outcome++) {
            sums[outcome] = StrictMath.exp(sums[outcome]);
            all += sums[outcome];
        }
        for (int outcome = 0; outcome < sums.length; outcome++) {
            sums[outcome] /= all;
        }
    }

    /** What every sum begins with: as OpenNLP's UniformPrior has it. */
    static double[] prior(int outcomes) {
        double[] sums = new double[outcomes];
        Arrays.fill(sums, StrictMath.log(1.0 / outcomes));
        return sums;
    }

    /** Adds a feature's weights, if it has any. */
    static void add(Context weights, double[] sums) {
        if (weights != null) {
            int[] outcomes = weights.getOutcomes();
            double[] values = weights.getParameters();
            for (int index = 0; index < outcomes.length; index++) {
                sums[outcomes[index]] += values[index];
            }
        }
    }
}
