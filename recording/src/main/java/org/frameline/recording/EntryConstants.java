package org.frameline.recording;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * What never changes in an entry: written once, when the entry begins, and linked from then on by
 * every checkpoint.
 *
 * @param entry attributes and links of {@code /entry}
 * @param instrument attributes of {@code instrument}
 * @param detector attributes and links of {@code detector}
 * @param plot attributes of the NXdata group {@code data}
 * @param pixels attributes of the pixels, and that they have two names
 * @param numbers that the frame numbers have two names
 * @param timestamps attributes of {@code timestamp_ns}, and that they have two names
 */
record EntryConstants(
    List<Message> entry,
    List<Message> instrument,
    List<Message> detector,
    List<Message> plot,
    List<Message> pixels,
    List<Message> numbers,
    List<Message> timestamps) {

  /** Writes the constant objects of an entry into the body of the file. */
  static EntryConstants write(RecordingFile file, EntryDescription about) throws IOException {
    Image image = file.imageAtEnd();
    Attributes attributes = new Attributes(image.base());
    EntryConstants constants = attributes(attributes, about);
    Message version = attributes.of(EntryNames.VERSION, about.programVersion());
    List<Message> stream = new ArrayList<>();
    stream.add(attributes.of(EntryNames.NX_CLASS, "NXcollection"));
    about.streamAttributes().forEach((name, value) -> stream.add(attributes.of(name, value)));
    Derivation derivation = about.derivation();
    List<Message> parameters = new ArrayList<>();
    List<Message> process = new ArrayList<>();
    if (derivation != null) {
      process.add(attributes.of(EntryNames.NX_CLASS, "NXprocess"));
      parameters.add(attributes.of(EntryNames.NX_CLASS, "NXcollection"));
      derivation.parameters().forEach((name, value) -> parameters.add(attributes.of(name, value)));
    }

    image.place(attributes.heap());
    String start = DateTimeFormatter.ISO_INSTANT.format(about.startTime().atOffset(ZoneOffset.UTC));
    List<Message> entry = constants.entry;
    entry.add(Message.link(EntryNames.TITLE, image.place(ObjectHeaders.text(about.title()))));
    entry.add(Message.link(EntryNames.START_TIME, image.place(ObjectHeaders.text(start))));
    byte[] program = ObjectHeaders.text(about.programName(), version);
    entry.add(Message.link(EntryNames.PROGRAM_NAME, image.place(program)));
    byte[] streamGroup = ObjectHeaders.group(stream.toArray(Message[]::new));
    entry.add(Message.link(EntryNames.STREAM, image.place(streamGroup)));
    if (derivation != null) {
      process.add(
          Message.link(EntryNames.PROGRAM, image.place(ObjectHeaders.text(derivation.program()))));
      process.add(
          Message.link(EntryNames.VERSION, image.place(ObjectHeaders.text(derivation.version()))));
      byte[] date = ObjectHeaders.text(derivation.date().toString());
      process.add(Message.link(EntryNames.DATE, image.place(date)));
      byte[] asked = ObjectHeaders.group(parameters.toArray(Message[]::new));
      process.add(Message.link(EntryNames.PARAMETERS, image.place(asked)));
      byte[] group = ObjectHeaders.group(process.toArray(Message[]::new));
      entry.add(Message.link(EntryNames.PROCESS, image.place(group)));
    }
    List<Message> detector = constants.detector;
    byte[] description = ObjectHeaders.text(about.detectorDescription());
    detector.add(Message.link(EntryNames.DESCRIPTION, image.place(description)));
    if (about.pixelFormat() != null) {
      byte[] format = ObjectHeaders.text(about.pixelFormat());
      detector.add(Message.link(EntryNames.PIXEL_FORMAT, image.place(format)));
    }
    file.take(image);
    file.write(image.content(), image.base());
    return constants;
  }

  private static EntryConstants attributes(Attributes attributes, EntryDescription about) {
    Message twoNames = Message.references(2);
    List<Message> pixels = new ArrayList<>(List.of(twoNames));
    pixels.addAll(ViewerHints.pixels(attributes, about));
    List<Message> data =
        new ArrayList<>(
            List.of(
                attributes.of(EntryNames.NX_CLASS, "NXdata"),
                attributes.of("signal", EntryNames.DATA)));
    data.addAll(ViewerHints.plot(attributes, about));
    return new EntryConstants(
        new ArrayList<>(
            List.of(
                attributes.of(EntryNames.NX_CLASS, "NXentry"),
                attributes.of(EntryNames.DEFAULT, EntryNames.DATA))),
        List.of(attributes.of(EntryNames.NX_CLASS, "NXinstrument")),
        new ArrayList<>(List.of(attributes.of(EntryNames.NX_CLASS, "NXdetector"))),
        data,
        pixels,
        List.of(twoNames),
        List.of(twoNames, attributes.of("units", "ns"), attributes.of("start", "epoch")));
  }
}
