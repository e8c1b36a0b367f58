package org.languagetool.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.languagetool.AnalyzedSentence;
import org.languagetool.AnalyzedToken;
import org.languagetool.AnalyzedTokenReadings;
import org.languagetool.JLanguageTool;
import org.languagetool.Language;
import org.languagetool.Languages;
import org.languagetool.broker.ClassBroker;
import org.languagetool.chunking.Chunker;
import org.languagetool.chunking.EnglishChunker;
import variorum.Models;

/**
 * LanguageTool's server behind our {@link Door}, with the data of English loaded on another
 * processor meanwhile.
 *
 * <p>By itself it loads everything in a row when the first text comes: the rules, then what tags and
 * divides sentences. What comes first here no rule needs to be loaded for, and every text wants it.
 * A failure is nobody's loss: whoever needs that data loads it again and tells what is wrong with it.
 *
 * <p>It stands in LanguageTool's package, where the parts of its server can be reached.
 */
public final class Start {
    private static final String ENGLISH = "en";
    private static final String EVERYTHING = "/";

    private Start() {}

    /** Starts the server with LanguageTool's own arguments. */
    public static void main(String[] arguments) {
        JLanguageTool.setClassBrokerBroker(remembering(JLanguageTool.getClassBroker()));
        FutureTask<Chunker> chunker = new FutureTask<>(Start::chunker);
        ahead(chunker);
        ahead(new FutureTask<>(Start::disambiguate));
        for (Language language : Languages.get()) { // else whoever comes first loads OpenNLP's own
            if (language.getShortCode().equals(ENGLISH)) {
                language.setChunker(tokens -> loaded(chunker).addChunkTags(tokens));
            }
        }
        GivenLanguage.use();
        HTTPServerConfig config = new HTTPServerConfig(arguments);
        DatabaseAccess.init(config); // as HTTPServer.main does; there is none
        HTTPServer server = new HTTPServer(config);
        HttpServer doors = server.server;
        doors.removeContext(EVERYTHING);
        doors.createContext(EVERYTHING, new Door(server.httpHandler, config.getRequestLimitAccessToken()));
        server.run();
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

    /** LanguageTool looks for its paid part, which is not there, several times for each text. */
    private static ClassBroker remembering(ClassBroker broker) {
        Set<String> missing = ConcurrentHashMap.newKeySet();
        return name -> {
            if (missing.contains(name)) {
                throw new ClassNotFoundException(name);
            }
            try {
                return broker.forName(name);
            } catch (ClassNotFoundException error) {
                missing.add(name);
                throw error;
            }
        };
    }

    private static Chunker chunker() {
        try {
            return Models.load();
        } catch (IOException | ReflectiveOperationException | IllegalStateException error) {
            System.err.println("OpenNLP searches by itself: " + error);
            return new EnglishChunker();
        }
    }

    private static Chunker loaded(FutureTask<Chunker> chunker) {
        try {
            return chunker.get();
        } catch (InterruptedException | ExecutionException error) {
            throw new IllegalStateException(error);
        }
    }

    private static void ahead(Runnable load) {
        Thread thread = new Thread(load);
        thread.setDaemon(true);
        thread.start();
    }
}
