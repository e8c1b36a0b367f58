package variorum;

/** A way through a sentence: the outcome of its last token, and the way to the one before. */
record Way(Way before, int outcome, double score, double chance) implements Comparable<Way> {
    static final int NONE = -1;
    static final Way START = new Way(null, NONE, 0, 1);

    /** The outcome of the last token but one. */
    int outcomeBefore() {
        return before == null ? NONE : before.outcome;
    }

    /** The likeliest comes first. */
    @Override
    public int compareTo(Way other) {
        return Double.compare(other.score, score);
    }
}
