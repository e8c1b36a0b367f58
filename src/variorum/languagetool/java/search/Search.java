package variorum;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import opennlp.tools.ml.BeamSearch;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.util.BeamSearchContextGenerator;
import opennlp.tools.util.Sequence;
import opennlp.tools.util.SequenceValidator;

/**
 * Beam search that works out once what several ways to a token have in common.
 *
 * <p>OpenNLP's keeps some ways through the words so far and asks its model about the next word after
 * each of them. What the model says depends on the last two outcomes only, and ten ways have three or
 * four different ends. The steps and sums are OpenNLP's, in its order, so that the outcomes are the
 * same, and their chances to the last bit.
 */
abstract class Search<T> extends BeamSearch<T> {
    private static final double IMPOSSIBLE = -100000; // as BeamSearch has it

    final String[] outcomes;

    /** Keeps {@code size} ways at each token. */
    Search(int size, AbstractModel model) {
        super(size, model);
        outcomes = new String[model.getNumOutcomes()];
        for (int index = 0; index < outcomes.length; index++) {
            outcomes[index] = model.getOutcome(index);
        }
    }

    /** The token at {@code index}. */
    abstract Place place(
            T[] tokens,
            int index,
            Object[] more,
            BeamSearchContextGenerator<T> generator,
            SequenceValidator<T> validator);

    @Override
    public final Sequence bestSequence(
            T[] tokens,
            Object[] more,
            BeamSearchContextGenerator<T> generator,
            SequenceValidator<T> validator) {
        Queue<Way> ways = new PriorityQueue<>(size);
        ways.add(Way.START);
        for (int index = 0; index < tokens.length; index++) {
            Place place = place(tokens, index, more, generator, validator);
            ways = extended(ways, new Token(place, size));
        }
        return ways.isEmpty() ? null : sequence(ways.remove());
    }

    private Queue<Way> extended(Queue<Way> ways, Token token) {
        Queue<Way> longer = new PriorityQueue<>(size);
        for (int left = size; left > 0 && !ways.isEmpty(); left--) {
            Way way = ways.remove();
            Token.Verdict verdict = token.after(way);
            extend(way, token, verdict, verdict.least(), longer);
            if (longer.isEmpty()) {
                extend(way, token, verdict, 0, longer);
            }
        }
        return longer;
    }

    private void extend(
            Way way, Token token, Token.Verdict verdict, double least, Queue<Way> longer) {
        for (int next = 0; next < outcomes.length; next++) {
            double chance = verdict.chances()[next];
            if (chance >= least && token.allows(way, next)) {
                double score = way.score() + verdict.logarithm(next);
                if (score > IMPOSSIBLE) {
                    longer.add(new Way(way, next, score, chance));
                }
            }
        }
    }

    private Sequence sequence(Way last) {
        Deque<Way> ways = new ArrayDeque<>();
        for (Way way = last; way != Way.START; way = way.before()) {
            ways.push(way);
        }
        Sequence sequence = new Sequence();
        for (Way way : ways) {
            sequence.add(outcomes[way.outcome()], way.chance());
        }
        return sequence;
    }
}
