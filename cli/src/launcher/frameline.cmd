@echo off
rem Starts Frameline from its distribution: lib\ beside bin\. Needs Java 17 or newer.
setlocal
set "JAVA=java"
set "RELEASE="
for %%i in (java.exe) do if not "%%~$PATH:i"=="" set "RELEASE=%%~dp$PATH:i..\release"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" (
  set "JAVA=%JAVA_HOME%\bin\java.exe"
  set "RELEASE=%JAVA_HOME%\release"
)
rem The engine in vectors needs a module that Java does not have unless it is told to.
set "VECTORS="
if /i "%FRAMELINE_VECTOR%"=="off" goto start
if not "%~1"=="fft" if not "%~1"=="bench" goto start
findstr /l "jdk.incubator.vector" "%RELEASE%" >nul 2>nul && set "VECTORS=--add-modules=jdk.incubator.vector"
:start
"%JAVA%" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED %VECTORS% %FRAMELINE_JAVA_OPTS% -cp "%~dp0..\lib\*" org.frameline.cli.Frameline %*
exit /b %ERRORLEVEL%
