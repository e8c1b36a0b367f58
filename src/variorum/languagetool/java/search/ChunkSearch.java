package variorum;

import opennlp.tools.chunker.ChunkerFactory;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.util.BeamSearchContextGenerator;
import opennlp.tools.util.SequenceValidator;
import opennlp.tools.util.TokenTag;

/** The search for the chunks of tagged words. */
final class ChunkSearch extends Search<TokenTag> {
    private final Weights weights;
    private final boolean[][] follows;

    ChunkSearch(int size, AbstractModel model, ChunkerFactory factory) {
        super(size, model);
        weights = new Weights(model, outcomes, factory.getContextGenerator());
        follows = new boolean[outcomes.length + 1][outcomes.length];
        for (int last = Way.NONE; last < outcomes.length; last++) {
            String[] before = last == Way.NONE ? new String[0] : new String[] {outcomes[last]};
            for (int next = 0; next < outcomes.length; next++) {
                follows[last + 1][next] = factory.getSequenceValidator()
                        .validSequence(1, new TokenTag[2], before, outcomes[next]);
            }
        }
    }

    @Override
    Place place(
            TokenTag[] tokens,
            int index,
            Object[] more,
            BeamSearchContextGenerator<TokenTag> generator,
            SequenceValidator<TokenTag> validator) {
        String[] given = new String[tokens.length];
        Forms.fill(given, index);
        return new Tagged(weights.formsAt(index), generator.getContext(index, tokens, given, more));
    }

    private final class Tagged implements Place {
        private final Forms forms;
        private final Weights.Row[] rows;
        private final double[] sums = Token.prior(outcomes.length);

        Tagged(Forms forms, String[] names) {
            this.forms = forms;
            rows = forms.rows(names, weights);
            for (int feature = 0; feature < forms.fixed(); feature++) {
                Token.add(rows[feature].alone(), sums);
            }
        }

        @Override
        public double[] sums() {
            return sums;
        }

        @Override
        public int features() {
            return rows.length - forms.fixed();
        }

        @Override
        public Context after(Way way, int feature) {
            return forms.after(way, forms.fixed() + feature, rows);
        }

        @Override
        public boolean allows(Way way, int chunk) {
            return follows[way.outcome() + 1][chunk];
        }
    }
}
