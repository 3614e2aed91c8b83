package org.frameline.benchmarks;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * How many bytes the threads of other Javas have allocated so far. For each line that it reads it
 * prints one, with a number for each process. Threads that Java runs for such questions do not
 * count. Attaching to a process allocates there, so the first line is for that alone.
 */
final class Allocated {
  private static final List<String> OF_THE_QUESTION = List.of("RMI ", "JMX ", "Attach ");

  private Allocated() {}

  /** Arguments: numbers of processes. */
  public static void main(String[] args) throws IOException, AttachNotSupportedException {
    List<ThreadMXBean> processes = new ArrayList<>();
    for (String pid : args) {
      processes.add(threadsOf(pid));
    }
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (questions.readLine() != null) {
      List<String> answer = new ArrayList<>();
      for (ThreadMXBean threads : processes) {
        answer.add(String.valueOf(bytes(threads)));
      }
      System.out.println(String.join(" ", answer));
    }
  }

  // What answers is a process that the benchmark started on this machine.
  @SuppressWarnings("BanJNDI")
  private static ThreadMXBean threadsOf(String pid)
      throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(pid);
    String address = machine.startLocalManagementAgent();
    machine.detach();
    return ManagementFactory.newPlatformMXBeanProxy(
        JMXConnectorFactory.connect(new JMXServiceURL(address)).getMBeanServerConnection(),
        ManagementFactory.THREAD_MXBEAN_NAME,
        ThreadMXBean.class);
  }

  private static long bytes(ThreadMXBean threads) {
    long sum = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null
          && OF_THE_QUESTION.stream().noneMatch(thread.getThreadName()::startsWith)) {
        sum += threads.getThreadAllocatedBytes(thread.getThreadId());
      }
    }
    return sum;
  }
}
