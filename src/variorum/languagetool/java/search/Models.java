package variorum;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.Map;
import opennlp.tools.chunker.ChunkerME;
import opennlp.tools.chunker.ChunkerModel;
import opennlp.tools.ml.BeamSearch;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.SequenceClassificationModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerFactory;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.TokenTag;
import opennlp.tools.util.model.BaseModel;
import org.languagetool.chunking.EnglishChunker;
import org.languagetool.tools.Tools;

/**
 * OpenNLP's models of English tags and chunks, with a {@link Search} where OpenNLP has its own.
 *
 * <p>Half of a check was spent there.
 */
public final class Models {
    private static final String TAGS = "/en-pos-maxent.bin"; // as EnglishChunker names them
    private static final String CHUNKS = "/en-chunker.bin";
    private static final String VERSION = "OpenNLP-Version"; // the features' names depend on it

    private Models() {}

    /** Loads them and gives them to LanguageTool, which keeps one of each and has no other way in. */
    public static EnglishChunker load() throws IOException, ReflectiveOperationException {
        try (InputStream tags = Tools.getStream(TAGS); InputStream chunks = Tools.getStream(CHUNKS)) {
            give("posModel", tags(new POSModel(tags)));
            give("chunkerModel", new Chunks(chunks));
        }
        return new EnglishChunker(); // loads what else it needs
    }

    private static void give(String name, BaseModel model) throws ReflectiveOperationException {
        Field place = EnglishChunker.class.getDeclaredField(name);
        place.setAccessible(true);
        place.set(null, model);
    }

    private static POSModel tags(POSModel model) {
        int size = size(model, POSTaggerME.DEFAULT_BEAM_SIZE);
        POSTaggerFactory factory = model.getFactory();
        factory.getTagDictionary(); // which loads it: the new model takes what is loaded
        Map<String, String> manifest = Map.of(VERSION, model.getVersion().toString());
        TagSearch search = new TagSearch(size, (AbstractModel) model.getPosModel());
        return new POSModel(model.getLanguage(), search, manifest, factory);
    }

    private static int size(BaseModel model, int usual) {
        String size = model.getManifestProperty(BeamSearch.BEAM_SIZE_PARAMETER);
        return size == null ? usual : Integer.parseInt(size);
    }

    private static final class Chunks extends ChunkerModel {
        private final ChunkSearch search;

        Chunks(InputStream file) throws IOException {
            super(file);
            int size = size(this, ChunkerME.DEFAULT_BEAM_SIZE);
            search = new ChunkSearch(size, (AbstractModel) getChunkerModel(), getFactory());
        }

        @Override
        public SequenceClassificationModel<TokenTag> getChunkerSequenceModel() {
            return search;
        }
    }
}
