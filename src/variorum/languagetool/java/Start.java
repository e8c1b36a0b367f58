import java.util.concurrent.Callable;
import org.languagetool.AnalyzedSentence;
import org.languagetool.AnalyzedToken;
import org.languagetool.AnalyzedTokenReadings;
import org.languagetool.JLanguageTool;
import org.languagetool.Language;
import org.languagetool.Languages;
import org.languagetool.chunking.EnglishChunker;
import org.languagetool.server.HTTPServer;

/**
 * LanguageTool's server, with the data of English loaded on another processor meanwhile.
 *
 * <p>By itself it loads everything in a row when the first text comes: the rules, then what tags and
 * divides sentences. What comes first here no rule needs to be loaded for, and every text wants it.
 * A failure is nobody's loss: whoever needs that data loads it again and tells what is wrong with it.
 */
public final class Start {
    private Start() {}

    /** Starts the server with its own arguments. */
    public static void main(String[] arguments) {
        ahead(EnglishChunker::new); // its models are kept by the class
        ahead(Start::disambiguate);
        HTTPServer.main(arguments);
    }

    private static Object disambiguate() throws Exception {
        Language english = Languages.getLanguageForShortCode("en-US");
        AnalyzedToken start = new AnalyzedToken("", JLanguageTool.SENTENCE_START_TAGNAME, null);
        AnalyzedToken word = new AnalyzedToken("word", "NN", "word");
        english.getDisambiguator().disambiguate(new AnalyzedSentence(new AnalyzedTokenReadings[] {
            new AnalyzedTokenReadings(start, 0), new AnalyzedTokenReadings(word, 0)
        }));
        return english.getMultitokenSpeller(); // reads its list of names
    }

    private static void ahead(Callable<?> load) {
        Thread thread = new Thread(() -> {
            try {
                load.call();
            } catch (Exception error) {
                System.err.println("not loaded ahead: " + error);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
