package variorum;

import opennlp.tools.chunker.ChunkerContextGenerator;
import opennlp.tools.ml.model.Context;
import opennlp.tools.util.TokenTag;

/**
 * What the names of a token's features are made of: learnt from OpenNLP, with fillers for chunks.
 *
 * <p>Of the 41, far enough from the start, 19 have no chunk, 19 are one of those behind the last
 * chunk, and three have nothing but chunks.
 */
final class Forms {
    /** Stand for chunks in the names of features; no word has these letters. */
    static final String LAST = "\u0001", LAST_BUT_ONE = "\u0002";
    /** How many chunks before a token its features have. */
    static final int REACH = 2;

    private static final int ALONE = -1, CHUNKS_ONLY = -2;

    private final int[] kinds; // one of these, or which feature stands behind the last chunk
    private final Context[][] chunksOnly;
    private final int outcomes;
    private final int fixed;
    private String lead = "";

    /** Raises IllegalStateException for a form that is none of these. */
    Forms(int index, ChunkerContextGenerator generator, Weights weights) {
        String[] names = example(index, generator, "a"), others = example(index, generator, "b");
        outcomes = weights.outcomes.length;
        kinds = new int[names.length];
        chunksOnly = new Context[names.length][];
        int alone = 0;
        for (int feature = 0; feature < names.length; feature++) {
            String name = names[feature];
            if (!name.contains(LAST) && !name.contains(LAST_BUT_ONE)) {
                kinds[feature] = ALONE;
                alone += alone == feature ? 1 : 0;
            } else if (name.equals(others[feature])) {
                kinds[feature] = CHUNKS_ONLY;
                chunksOnly[feature] = afterAnyTwo(name, weights);
            } else {
                kinds[feature] = behindLast(names, feature);
                lead = name.substring(0, name.indexOf(LAST));
            }
        }
        fixed = alone;
    }

    private static String[] example(int index, ChunkerContextGenerator generator, String word) {
        TokenTag[] tokens = new TokenTag[2 * REACH + 1];
        String[] given = new String[tokens.length];
        for (int token = 0; token < tokens.length; token++) {
            tokens[token] = new TokenTag(word + token, "tag" + word + token, null);
        }
        fill(given, index);
        return generator.getContext(index, tokens, given, new Object[0]);
    }

    /** Puts the fillers before {@code index}. */
    static void fill(String[] given, int index) {
        if (index > 0) {
            given[index - 1] = LAST;
        }
        if (index > 1) {
            given[index - 2] = LAST_BUT_ONE;
        }
    }

    private static int behindLast(String[] names, int feature) {
        String rest = names[feature].substring(names[feature].indexOf(LAST) + LAST.length());
        for (int other = 0; other < feature; other++) {
            if (names[other].equals(rest)) {
                return other;
            }
        }
        throw new IllegalStateException("a feature of an unknown form: " + names[feature]);
    }

    private Context[] afterAnyTwo(String name, Weights weights) {
        Context[] found = new Context[outcomes * (outcomes + 1)];
        for (int last = 0; last < outcomes; last++) {
            String whole = name.replace(LAST, weights.outcomes[last]);
            for (int before = Way.NONE; before < outcomes; before++) {
                String chunk = before == Way.NONE ? "" : weights.outcomes[before];
                found[place(last, before)] = weights.exactly(whole.replace(LAST_BUT_ONE, chunk));
            }
        }
        return found;
    }

    private int place(int last, int lastButOne) {
        return last * (outcomes + 1) + lastButOne + 1;
    }

    /** What stands before the last chunk in the names that have words or tags behind it. */
    String lead() {
        return lead;
    }

    /** How many features come before the first that has a chunk. */
    int fixed() {
        return fixed;
    }

    /** The rows of the features without chunks. */
    Weights.Row[] rows(String[] names, Weights weights) {
        Weights.Row[] rows = new Weights.Row[names.length];
        for (int feature = 0; feature < names.length; feature++) {
            if (kinds[feature] == ALONE) {
                rows[feature] = weights.of(names[feature]);
            }
        }
        return rows;
    }

    /** The weights of a feature after that way; null for none. */
    Context after(Way way, int feature, Weights.Row[] rows) {
        return switch (kinds[feature]) {
            case ALONE -> rows[feature].alone();
            case CHUNKS_ONLY -> chunksOnly[feature][place(way.outcome(), way.outcomeBefore())];
            default -> rows[kinds[feature]].behind(way.outcome());
        };
    }
}
