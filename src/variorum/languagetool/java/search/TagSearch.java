package variorum;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.util.BeamSearchContextGenerator;
import opennlp.tools.util.SequenceValidator;

/**
 * The search for the tags of words.
 *
 * <p>Of a word's features, OpenNLP's generator makes first those of the word alone: they are added up
 * once for each word that comes, and kept. The others are its neighbours and the tags before it.
 */
final class TagSearch extends Search<String> {
    private static final String BEGINNING = "*SB*", END = "*SE*"; // as OpenNLP names them
    private static final String BEFORE = "p=", TWO_BEFORE = "pp=", NEXT = "n=", AFTER_NEXT = "nn=";
    private static final int MOST_WORDS = 20_000; // some ten megabytes

    private final Map<String, Context> weights;
    private final Context[] tag; // what the feature of the tag before weighs
    private final Context[][] tags; // and that of the two before
    private final Map<String, Word> words = new ConcurrentHashMap<>();

    @SuppressWarnings("unchecked")
    TagSearch(int size, AbstractModel model) {
        super(size, model);
        weights = (Map<String, Context>) model.getDataStructures()[1];
        tag = new Context[outcomes.length];
        tags = new Context[outcomes.length][outcomes.length];
        for (int last = 0; last < outcomes.length; last++) {
            tag[last] = weights.get("t=" + outcomes[last]);
            for (int before = 0; before < outcomes.length; before++) {
                tags[before][last] = weights.get("t2=" + outcomes[before] + "," + outcomes[last]);
            }
        }
    }

    /** A word wherever it stands: what its own features add up to, and the tags it may have. */
    private record Word(double[] sums, boolean[] allowed) {}

    @Override
    Place place(
            String[] tokens,
            int index,
            Object[] more,
            BeamSearchContextGenerator<String> generator,
            SequenceValidator<String> validator) {
        Word word = words.get(tokens[index]);
        if (word == null) {
            String[] names = generator.getContext(index, tokens, new String[tokens.length], more);
            word = keep(tokens[index], new Word(sums(names), allowed(tokens, index, validator)));
        }
        return new Among(word, tokens, index);
    }

    private Word keep(String name, Word word) {
        if (words.size() >= MOST_WORDS) {
            words.clear();
        }
        words.put(name, word);
        return word;
    }

    private double[] sums(String[] names) {
        double[] sums = Token.prior(outcomes.length);
        for (int feature = 0; !names[feature].startsWith(BEFORE); feature++) {
            Token.add(weights.get(names[feature]), sums);
        }
        return sums;
    }

    private boolean[] allowed(String[] tokens, int index, SequenceValidator<String> validator) {
        boolean[] allowed = new boolean[outcomes.length];
        for (int outcome = 0; outcome < outcomes.length; outcome++) {
            allowed[outcome] =
                    validator.validSequence(index, tokens, new String[0], outcomes[outcome]);
        }
        return allowed;
    }

    private final class Among implements Place {
        private final Word word;
        private final int index;
        private final Context before;
        private final Context twoBefore;
        private final Context next;
        private final Context afterNext;

        Among(Word word, String[] tokens, int index) {
            this.word = word;
            this.index = index;
            before = neighbour(BEFORE, tokens, index, -1);
            twoBefore = neighbour(TWO_BEFORE, tokens, index, -2);
            next = neighbour(NEXT, tokens, index, 1);
            afterNext = neighbour(AFTER_NEXT, tokens, index, 2);
        }

        private Context neighbour(String kind, String[] tokens, int index, int step) {
            int place = index + step;
            if (place < -1 || place > tokens.length) {
                return null; // beyond the edge, which is itself one
            }
            return weights.get(kind
                    + (place < 0 ? BEGINNING : place == tokens.length ? END : tokens[place]));
        }

        @Override
        public double[] sums() {
            return word.sums;
        }

        @Override
        public int features() {
            return 6;
        }

        @Override
        public Context after(Way way, int feature) {
            return switch (feature) { // in the order of OpenNLP's generator
                case 0 -> before;
                case 1 -> index < 1 ? null : tag[way.outcome()];
                case 2 -> twoBefore;
                case 3 -> index < 2 ? null : tags[way.outcomeBefore()][way.outcome()];
                case 4 -> next;
                default -> afterNext;
            };
        }

        @Override
        public boolean allows(Way way, int outcome) {
            return word.allowed[outcome];
        }
    }
}
