package variorum;

import opennlp.tools.ml.model.Context;

/** One token as a model sees it, whichever way leads to it. */
interface Place {
    /** For each outcome, the sum of what has no outcome before in it; not to be changed. */
    double[] sums();

    /** How many features come after those. */
    int features();

    /** The weights of such a feature after that way; null for none. */
    Context after(Way way, int feature);

    /** Whether the outcome is allowed after that way. */
    boolean allows(Way way, int outcome);
}
