package com.berryfi.vmsync.report;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes elements and text, and can write nothing else: every text and every attribute's value is escaped here, on its way out, and
 * names of elements and attributes are words of this program. What comes out is read alike as HTML and as XML.
 */
final class Markup {

    private final Appendable out;
    private final Deque<String> open = new ArrayDeque<>();

    Markup(Appendable out) {
        this.out = out;
    }

    Markup doctype() throws IOException {
        out.append("<!DOCTYPE html>\n");
        return this;
    }

    /** Opens an element; {@code attributes} are names and values by turns. */
    Markup open(String element, String... attributes) throws IOException {
        tag(element, attributes);
        out.append('>');
        open.push(element);
        return this;
    }

    /** An element that holds nothing; {@code attributes} as above. */
    Markup empty(String element, String... attributes) throws IOException {
        tag(element, attributes);
        out.append("/>");
        return this;
    }

    /** Closes the element that was opened last. */
    Markup close() throws IOException {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes the element that was opened last, and ends the line. */
    Markup closeLine() throws IOException {
        return close().line();
    }

    Markup line() throws IOException {
        out.append('\n');
        return this;
    }

    Markup text(String text) throws IOException {
        escape(text);
        return this;
    }

    /** An element with a text and nothing else. */
    Markup element(String element, String text, String... attributes) throws IOException {
        return open(element, attributes).text(text).close();
    }

    /** A style sheet: nothing in it is escaped, and so nothing in it may need to be. */
    Markup style(String sheet) throws IOException {
        if (sheet.indexOf('<') >= 0 || sheet.indexOf('&') >= 0) {
            throw new IllegalArgumentException("a style sheet holds neither < nor &");
        }
        open("style");
        out.append(sheet);
        return close();
    }

    private void tag(String element, String... attributes) throws IOException {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("attribute without a value: " + attributes[attributes.length - 1]);
        }
        out.append('<').append(word(element));
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(word(attributes[i])).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private static String word(String name) {
        boolean word = !name.isEmpty()
                && name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
        if (!word) {
            throw new IllegalArgumentException("no name of an element or attribute: " + name);
        }
        return name;
    }

    private void escape(String text) throws IOException {
        String plain = Printable.of(text);
        int written = 0;
        for (int i = 0; i < plain.length(); i++) {
            String entity = entity(plain.charAt(i));
            if (!entity.isEmpty()) {
                out.append(plain, written, i).append(entity);
                written = i + 1;
            }
        }
        out.append(plain, written, plain.length());
    }

    private static String entity(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> "";
        };
    }
}
