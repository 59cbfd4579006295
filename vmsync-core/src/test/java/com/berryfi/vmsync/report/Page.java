package com.berryfi.vmsync.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page as a reader of its elements sees it. */
final class Page {

    private final Document document;

    Page(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        this.document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    List<Element> elements(String name) {
        return elements(document.getDocumentElement(), name);
    }

    /** The rows of a table, cell by cell, without its head; empty if there is none. */
    List<List<String>> rows(String id) {
        return elements("table").stream()
                .filter(table -> table.getAttribute("id").equals(id))
                .flatMap(table -> elements(table, "tbody").stream())
                .flatMap(body -> elements(body, "tr").stream())
                .map(Page::cells)
                .toList();
    }

    /** The sums by their names. */
    Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        rows("totals").forEach(row -> totals.put(row.get(0), row.get(1)));
        return totals;
    }

    private static List<String> cells(Element row) {
        List<String> cells = new ArrayList<>();
        elements(row, "*").stream()
                .filter(cell ->
                        cell.getTagName().equals("th") || cell.getTagName().equals("td"))
                .forEach(cell -> cells.add(cell.getTextContent()));
        return cells;
    }

    private static List<Element> elements(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
