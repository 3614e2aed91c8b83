@echo off
rem Starts a Frameline command from this checkout; builds the distribution when it is missing.
setlocal
set "ROOT=%~dp0.."
set "DIST=%ROOT%\cli\target\frameline"
if exist "%DIST%\bin\frameline.cmd" goto run
echo frameline: building once, this takes a minute or two 1>&2
pushd "%ROOT%"
where mvn >nul 2>nul
if %ERRORLEVEL%==0 (set "MAVEN=mvn") else (set "MAVEN=mvnw.cmd")
call %MAVEN% -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package 1>&2
if errorlevel 1 (
  popd
  echo frameline: the build failed; run 'mvn -B verify' to see why 1>&2
  exit /b 1
)
popd
:run
call "%DIST%\bin\frameline.cmd" %*
exit /b %ERRORLEVEL%
