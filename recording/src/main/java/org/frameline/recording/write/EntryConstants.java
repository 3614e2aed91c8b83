package org.frameline.recording.write;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.frameline.recording.Derivation;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.EntryNames;
import org.frameline.recording.hdf5.Attributes;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.MetadataImage;
import org.frameline.recording.hdf5.ObjectHeaders;

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
    List<HeaderMessage> entry,
    List<HeaderMessage> instrument,
    List<HeaderMessage> detector,
    List<HeaderMessage> plot,
    List<HeaderMessage> pixels,
    List<HeaderMessage> numbers,
    List<HeaderMessage> timestamps) {

  /** Writes the constant objects of an entry into the body of the file. */
  static EntryConstants write(FileBody file, EntryDescription about) throws IOException {
    MetadataImage image = file.imageAtEnd();
    Attributes attributes = new Attributes(image.base());
    EntryConstants constants = attributes(attributes, about);
    HeaderMessage version = attributes.of(EntryNames.VERSION, about.programVersion());
    List<HeaderMessage> stream = new ArrayList<>();
    stream.add(attributes.of(EntryNames.NX_CLASS, "NXcollection"));
    about.streamAttributes().forEach((name, value) -> stream.add(attributes.of(name, value)));
    Derivation derivation = about.derivation();
    List<HeaderMessage> parameters = new ArrayList<>();
    List<HeaderMessage> process = new ArrayList<>();
    if (derivation != null) {
      process.add(attributes.of(EntryNames.NX_CLASS, "NXprocess"));
      parameters.add(attributes.of(EntryNames.NX_CLASS, "NXcollection"));
      derivation.parameters().forEach((name, value) -> parameters.add(attributes.of(name, value)));
    }

    image.place(attributes.heap());
    String start = DateTimeFormatter.ISO_INSTANT.format(about.startTime().atOffset(ZoneOffset.UTC));
    List<HeaderMessage> entry = constants.entry;
    entry.add(HeaderMessage.link(EntryNames.TITLE, image.place(ObjectHeaders.text(about.title()))));
    entry.add(HeaderMessage.link(EntryNames.START_TIME, image.place(ObjectHeaders.text(start))));
    byte[] program = ObjectHeaders.text(about.programName(), version);
    entry.add(HeaderMessage.link(EntryNames.PROGRAM_NAME, image.place(program)));
    byte[] streamGroup = ObjectHeaders.group(stream.toArray(HeaderMessage[]::new));
    entry.add(HeaderMessage.link(EntryNames.STREAM, image.place(streamGroup)));
    if (derivation != null) {
      process.add(
          HeaderMessage.link(
              EntryNames.PROGRAM, image.place(ObjectHeaders.text(derivation.program()))));
      process.add(
          HeaderMessage.link(
              EntryNames.VERSION, image.place(ObjectHeaders.text(derivation.version()))));
      byte[] date = ObjectHeaders.text(derivation.date().toString());
      process.add(HeaderMessage.link(EntryNames.DATE, image.place(date)));
      byte[] asked = ObjectHeaders.group(parameters.toArray(HeaderMessage[]::new));
      process.add(HeaderMessage.link(EntryNames.PARAMETERS, image.place(asked)));
      byte[] group = ObjectHeaders.group(process.toArray(HeaderMessage[]::new));
      entry.add(HeaderMessage.link(EntryNames.PROCESS, image.place(group)));
    }
    List<HeaderMessage> detector = constants.detector;
    byte[] description = ObjectHeaders.text(about.detectorDescription());
    detector.add(HeaderMessage.link(EntryNames.DESCRIPTION, image.place(description)));
    if (about.pixelFormat() != null) {
      byte[] format = ObjectHeaders.text(about.pixelFormat());
      detector.add(HeaderMessage.link(EntryNames.PIXEL_FORMAT, image.place(format)));
    }
    file.take(image);
    file.write(image.content(), image.base());
    return constants;
  }

  private static EntryConstants attributes(Attributes attributes, EntryDescription about) {
    HeaderMessage twoNames = HeaderMessage.references(2);
    List<HeaderMessage> pixels = new ArrayList<>(List.of(twoNames));
    pixels.addAll(ViewerHints.pixels(attributes, about));
    List<HeaderMessage> data =
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
