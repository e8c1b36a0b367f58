package variorum;

import java.util.HashMap;
import java.util.Map;
import opennlp.tools.chunker.ChunkerContextGenerator;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;

/**
 * The weights of a chunker's features, arranged so that one look finds those after every chunk.
 *
 * <p>A token's features have names, made of words, tags and the last two chunks. OpenNLP makes all 41
 * for each way to a token and looks them up. Most of them are another one behind the last chunk, so
 * that the {@link Row} of that one has them all.
 */
final class Weights {
    final String[] outcomes;
    private final Map<String, Context> features;
    private final Map<String, Row> rows = new HashMap<>();
    private final Row unknown;
    private final Forms[] forms;

    /** The weights of a feature by itself, and behind each chunk. */
    static final class Row {
        private final Context[] behind;
        private Context alone;

        private Row(int outcomes) {
            behind = new Context[outcomes];
        }

        Context alone() {
            return alone;
        }

        Context behind(int chunk) {
            return behind[chunk];
        }
    }

    /** Raises IllegalStateException when the features have forms that are not known here. */
    @SuppressWarnings("unchecked")
    Weights(AbstractModel model, String[] outcomes, ChunkerContextGenerator generator) {
        this.outcomes = outcomes;
        features = (Map<String, Context>) model.getDataStructures()[1];
        unknown = new Row(outcomes.length);
        forms = new Forms[Forms.REACH + 1];
        for (int index = 0; index < forms.length; index++) {
            forms[index] = new Forms(index, generator, this);
        }
        features.forEach((name, weights) -> arrange(forms[Forms.REACH].lead(), name, weights));
    }

    private void arrange(String lead, String name, Context weights) {
        row(name).alone = weights;
        if (!name.startsWith(lead)) {
            return;
        }
        for (int chunk = 0; chunk < outcomes.length; chunk++) {
            if (name.startsWith(outcomes[chunk], lead.length())) {
                row(name.substring(lead.length() + outcomes[chunk].length())).behind[chunk] = weights;
            }
        }
    }

    private Row row(String name) {
        return rows.computeIfAbsent(name, any -> new Row(outcomes.length));
    }

    /** The forms of the features of the token at {@code index}. */
    Forms formsAt(int index) {
        return forms[Math.min(index, Forms.REACH)];
    }

    /** All that is known of the feature of this name, which has no chunk before it. */
    Row of(String name) {
        return rows.getOrDefault(name, unknown);
    }

    /** The weights of the feature of this whole name; null for none. */
    Context exactly(String name) {
        return features.get(name);
    }
}
