package org.languagetool.server;

import java.lang.reflect.Field;
import java.util.List;
import org.languagetool.DetectedLanguage;
import org.languagetool.Language;
import org.languagetool.language.identifier.LanguageIdentifier;
import org.languagetool.language.identifier.LanguageIdentifierService;

/**
 * Does not guess the language of a text, which its request says.
 *
 * <p>LanguageTool guesses it nevertheless, to tell it beside the matches. To load what that takes made
 * every start longer. Who asks for more than that guess gets LanguageTool's own answer.
 */
final class GivenLanguage extends LanguageIdentifier {
    private static final int ANY_LENGTH = Integer.MAX_VALUE;

    private GivenLanguage() {
        super(ANY_LENGTH);
    }

    /** Puts it where the server finds it; without that place, languages are guessed as ever. */
    static void use() {
        place(new GivenLanguage());
    }

    private static void place(LanguageIdentifier identifier) {
        try {
            Field place = LanguageIdentifierService.class.getDeclaredField("defaultIdentifier");
            place.setAccessible(true);
            place.set(LanguageIdentifierService.INSTANCE, identifier);
        } catch (ReflectiveOperationException error) {
            System.err.println("languages are guessed: " + error);
        }
    }

    private static synchronized LanguageIdentifier guessing() {
        LanguageIdentifierService all = LanguageIdentifierService.INSTANCE;
        if (all.getInitialized() instanceof GivenLanguage) {
            place(null);
        }
        return all.getDefaultLanguageIdentifier(0, null, null, null); // which it makes when it has none
    }

    @Override
    public String cleanAndShortenText(String text) {
        return text;
    }

    @Override
    public DetectedLanguage detectLanguage(
            String text, List<String> others, List<String> preferred, boolean limited) {
        return null; // which the server takes for “not known”
    }

    @Override
    public DetectedLanguage detectLanguage(
            String text, List<String> others, List<String> preferred) {
        LanguageIdentifier own = guessing();
        return own.detectLanguage(own.cleanAndShortenText(text), others, preferred);
    }

    @Override
    public Language detectLanguage(String text) {
        LanguageIdentifier own = guessing();
        return own.detectLanguage(own.cleanAndShortenText(text));
    }

    @Override
    public List<DetectedLanguage> getDetectedLanguageScores(
            String text, List<String> others, List<String> preferred, boolean limited, int count) {
        LanguageIdentifier own = guessing();
        String clean = own.cleanAndShortenText(text);
        return own.getDetectedLanguageScores(clean, others, preferred, limited, count);
    }
}
