@echo off
rem Starts Frameline from its distribution: lib\ beside bin\. Needs Java 17 or newer.
setlocal
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED %FRAMELINE_JAVA_OPTS% -cp "%~dp0..\lib\*" org.frameline.cli.Frameline %*
exit /b %ERRORLEVEL%
